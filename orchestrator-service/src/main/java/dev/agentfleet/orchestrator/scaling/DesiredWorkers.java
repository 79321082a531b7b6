package dev.agentfleet.orchestrator.scaling;

import java.time.Duration;

/**
 * How many workers a pool should have.
 *
 * @param target within which time a backlog should be done: for no more workers is asked than that takes
 * @param partitions of the pool's tasks topic: more workers would get nothing to do
 */
public record DesiredWorkers(Duration target, int partitions) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public DesiredWorkers {
        if (target.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("target-backlog: '" + target + "' must be at least " + SHORTEST);
        }
    }

    /**
     * A slot for each attempt, or as many workers as get all of them done within the target time where those are fewer; 0 when
     * there is nothing to do. Never fewer than hold the running attempts, even where those take more than there are partitions.
     */
    public int of(Backlog backlog) {
        if (backlog.attempts() == 0) {
            return 0;
        }
        double seconds = target.toMillis() / 1e3;
        long inTime = (long) Math.ceil(backlog.workerSeconds() / seconds);
        long wanted = Math.min(backlog.workersFor(backlog.attempts()), Math.max(1, inTime));
        long useful = Math.min(wanted, partitions);
        return Math.toIntExact(Math.max(useful, backlog.workersFor(backlog.running())));
    }
}
