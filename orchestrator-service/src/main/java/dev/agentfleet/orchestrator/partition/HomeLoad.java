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
     */
    public record PoolLoad(int waiting, @Nullable Instant oldest, int inFlight) {}
}
