package dev.agentfleet.orchestrator.scaling;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Says what follows from a pool's demand and its workers' heartbeats. Thread-safe. */
public final class PoolScalings {

    private final Supplier<? extends Collection<WorkerHeartbeat>> living;
    private final Settings settings;
    private final InstantSource clock;

    /**
     * @param slotsPerWorker of a worker of which nothing is known
     * @param attemptTime of attempts of which nothing is known
     */
    public record Settings(DesiredWorkers desired, int slotsPerWorker, Duration attemptTime) {

        public Settings {
            if (slotsPerWorker < 1) {
                throw new IllegalArgumentException("slots-per-worker: '" + slotsPerWorker + "' must be at least 1");
            }
            if (!attemptTime.isPositive()) {
                throw new IllegalArgumentException("attempt-time: '" + attemptTime + "' must be longer than zero");
            }
        }
    }

    /** @param living the last heartbeats of the living workers */
    public PoolScalings(
            Supplier<? extends Collection<WorkerHeartbeat>> living, Settings settings, InstantSource clock) {
        this.living = living;
        this.settings = settings;
        this.clock = clock;
    }

    public PoolScaling of(String pool, PoolDemand demand) {
        List<WorkerHeartbeat> workers = living.get().stream()
                .filter(worker -> worker.pool().equals(pool) && !worker.draining())
                .toList();
        double seconds = demand.ended().meanOr(settings.attemptTime().toMillis() / 1e3);
        Backlog backlog = new Backlog(demand.waiting(), demand.running(), seconds, slots(workers));
        return new PoolScaling(
                pool,
                demand.waiting(),
                demand.running(),
                age(demand),
                Math.round(backlog.workerSeconds()),
                backlog.slotsPerWorker(),
                workers.size(),
                settings.desired().of(backlog));
    }

    private int slots(List<WorkerHeartbeat> workers) {
        return (int) workers.stream()
                .mapToInt(WorkerHeartbeat::slots)
                .filter(slots -> slots > 0)
                .average()
                .orElse(settings.slotsPerWorker());
    }

    private long age(PoolDemand demand) {
        Instant oldest = demand.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }
}
