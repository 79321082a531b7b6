package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory.Entry;
import dev.agentfleet.orchestrator.partition.Placing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts each task in front of the worker with the shortest queue for its open slots, by what all home partitions of this process
 * have dispatched and heard of, and by heartbeats for who reads what. Looks at the directory five times a second.
 * Thread-safe. See ADR 26.
 */
public final class Placement {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final WorkerDirectory workers;
    private final InstantSource clock;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();

    public Placement(WorkerDirectory workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** For one home partition of this process. */
    public Placing of(int home) {
        return new Placing() {
            @Override
            public @Nullable Integer place(TaskId task, String pool, String agent) {
                return pool(pool).with(places -> places.place(task, home, agent));
            }

            @Override
            public void claimed(TaskId task, String pool, String workerId) {
                tell(pool, places -> places.claimed(task, home, workerId));
            }

            @Override
            public void left(TaskId task, String pool) {
                tell(pool, places -> places.left(task));
            }

            @Override
            public void refused(String pool, String workerId) {
                tell(pool, places -> places.refused(workerId));
            }

            @Override
            public void withdraw() {
                pools.keySet().forEach(pool -> tell(pool, places -> places.forget(home)));
            }
        };
    }

    /** Slots of the pool that are not known to be held by a claimed attempt. */
    int openSlots(String pool) {
        return pool(pool).with(PoolPlaces::openSlots);
    }

    private void tell(String pool, Consumer<PoolPlaces> news) {
        pool(pool).with(places -> {
            news.accept(places);
            return true;
        });
    }

    private Pool pool(String name) {
        return pools.computeIfAbsent(name, Pool::new);
    }

    private final class Pool {
        private final String name;
        private final PoolPlaces places = new PoolPlaces();
        private long lookedAt = Long.MIN_VALUE;

        Pool(String name) {
            this.name = name;
        }

        synchronized <T extends @Nullable Object> T with(Function<PoolPlaces, T> action) {
            long now = clock.millis();
            if (lookedAt == Long.MIN_VALUE || now - lookedAt >= LOOK.toMillis()) {
                lookedAt = now;
                places.look(serving());
            }
            return action.apply(places);
        }

        private List<Entry> serving() {
            return workers.alive().stream()
                    .filter(entry -> entry.heartbeat().pool().equals(name))
                    .filter(entry -> !entry.heartbeat().draining())
                    .toList();
        }
    }
}
