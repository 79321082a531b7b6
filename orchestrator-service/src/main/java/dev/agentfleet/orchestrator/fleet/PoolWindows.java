package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.orchestrator.partition.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Sizes the windows: per pool, a task for each slot that no claimed attempt holds plus what the pool has lately served in
 * {@link #QUEUE}, and at least a second one for each such slot. What was served follows fast tasks, which would wait for the
 * round trip otherwise, and bounds the time a newcomer queues; the least lets a pool of which nothing is known begin. Behind
 * slow tasks nothing queues but here. The home partitions with tasks for the pool share it evenly, whatever they have
 * running. Thread-safe. See ADR 9, 12 and 26.
 */
public final class PoolWindows {

    private static final Duration QUEUE = Duration.ofMillis(400);
    private static final Duration SAMPLE = Duration.ofMillis(200);
    private static final double RISE = 0.3;
    private static final double FALL = 0.2;
    private static final int FLOOR = 16;

    private final WorkerDirectory workers;
    private final Placement placement;
    private final InstantSource clock;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();

    public PoolWindows(WorkerDirectory workers, Placement placement, InstantSource clock) {
        this.workers = workers;
        this.placement = placement;
        this.clock = clock;
    }

    /** The window of one home partition of this process. */
    public Window of(int partition) {
        return new Window() {
            @Override
            public int size(String pool) {
                Pool it = pool(pool);
                it.sample();
                Set<Integer> sharing = it.demanding;
                int among = Math.max(1, sharing.contains(partition) ? sharing.size() : sharing.size() + 1);
                return Math.max(it.floor, (it.size + among - 1) / among);
            }

            @Override
            public void demand(String pool, boolean waiting) {
                if (waiting) {
                    pool(pool).demanding.add(partition);
                } else {
                    pool(pool).demanding.remove(partition);
                }
            }

            @Override
            public void served(String pool) {
                pool(pool).served.increment();
            }
        };
    }

    /** The pools for which the home partition has tasks that its window did not let go when it was last filled. */
    public Set<String> full(int partition) {
        return pools.values().stream()
                .filter(pool -> pool.demanding.contains(partition))
                .map(pool -> pool.name)
                .collect(Collectors.toSet());
    }

    private Pool pool(String name) {
        return pools.computeIfAbsent(name, Pool::new);
    }

    private final class Pool {
        private final String name;
        private final LongAdder served = new LongAdder();
        private final Set<Integer> demanding = ConcurrentHashMap.newKeySet();
        private volatile int size = FLOOR;
        /** What every home partition may have: it fades as claimed attempts take the slots. */
        private volatile int floor = FLOOR;

        private volatile long sampledAt = Long.MIN_VALUE;
        private double perMilli;

        Pool(String name) {
            this.name = name;
        }

        void sample() {
            long now = clock.millis();
            if (now - sampledAt < SAMPLE.toMillis() && sampledAt != Long.MIN_VALUE) {
                return;
            }
            resample(now);
        }

        private synchronized void resample(long now) {
            long elapsed = sampledAt == Long.MIN_VALUE ? SAMPLE.toMillis() : now - sampledAt;
            if (elapsed < SAMPLE.toMillis()) {
                return;
            }
            double rate = (double) served.sumThenReset() / elapsed;
            // Results come in bursts, one a commit. A rise counts for more than a fall: a window that is too small
            // for a moment keeps itself small.
            perMilli += (rate - perMilli) * (rate > perMilli ? RISE : FALL);
            int slots = workers.slots(name);
            int open = Math.min(slots, placement.openSlots(name));
            size = open + Math.max(open, (int) Math.round(perMilli * QUEUE.toMillis()));
            floor = slots == 0 ? FLOOR : Math.max(1, FLOOR * open / slots);
            sampledAt = now;
        }
    }
}
