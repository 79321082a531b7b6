package dev.agentfleet.orchestrator.partition;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one home partition has to do at one moment; may be read by any thread.
 *
 * @param pools by the name of a pool; one that has nothing to do may be missing
 * @param backingOff tasks that wait for another attempt
 * @param activeRuns runs that are not complete
 */
public record HomeLoad(Map<String, PoolLoad> pools, int backingOff, int activeRuns) {

    public HomeLoad {
        pools = Map.copyOf(pools);
    }

    /**
     * The part of one pool.
     *
     * @param waiting tasks never dispatched, of the runs that have started and whose next task is for this pool
     * @param oldest broker time from which the oldest of those runs could start; null when none has waiting tasks
     * @param inFlight tasks dispatched or running
     * @param claimed those of them whose attempt a worker has claimed
     * @param sendable tasks that only the window keeps from being dispatched: those of {@code waiting} that their runs'
     *     concurrency lets go now, and retries whose backoff is over
     * @param sent broker time of the oldest dispatch that is not claimed, after a change of the owner at first the start of its
     *     run; null when there is none
     */
    public record PoolLoad(
            int waiting,
            @Nullable Instant oldest,
            int inFlight,
            int claimed,
            int sendable,
            @Nullable Instant sent) {}
}
