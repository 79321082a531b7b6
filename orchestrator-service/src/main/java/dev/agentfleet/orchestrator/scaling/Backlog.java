package dev.agentfleet.orchestrator.scaling;

/**
 * What a pool has to do, and what a worker of it gets done.
 *
 * @param waiting tasks that a free slot could start now
 * @param running attempts that hold a slot
 * @param attemptSeconds how long an attempt takes, in the mean
 * @param slotsPerWorker at least 1
 */
public record Backlog(long waiting, long running, double attemptSeconds, int slotsPerWorker) {

    public Backlog {
        if (slotsPerWorker < 1) {
            throw new IllegalArgumentException("slotsPerWorker: '" + slotsPerWorker + "' must be at least 1");
        }
    }

    public long attempts() {
        return waiting + running;
    }

    /** How long one worker would be busy with it. */
    public double workerSeconds() {
        return attempts() * attemptSeconds / slotsPerWorker;
    }

    /** Workers that have a slot for each of so many attempts. */
    long workersFor(long attempts) {
        return Math.ceilDiv(attempts, slotsPerWorker);
    }
}
