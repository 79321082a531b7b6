package dev.agentfleet.orchestrator.scaling;

/**
 * A pool's figures for whoever starts and stops its workers.
 *
 * @param waiting as {@link PoolDemand#waiting()}
 * @param running as {@link PoolDemand#running()}
 * @param oldestAgeSeconds for how long the oldest waiting task has waited; 0 when none waits
 * @param backlogWorkerSeconds how long one worker would be busy with what waits and runs
 * @param slotsPerWorker the mean of the live workers, rounded down; without any the configured number
 * @param liveWorkers workers of the pool that were heard of within the lease and take work
 * @param desiredWorkers as {@link DesiredWorkers} says
 */
public record PoolScaling(
        String pool,
        long waiting,
        long running,
        long oldestAgeSeconds,
        long backlogWorkerSeconds,
        int slotsPerWorker,
        int liveWorkers,
        int desiredWorkers) {}
