package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * How long a failed task waits: {@code backoff × multiplier^(failures-1)}, at most {@code maxBackoff}, of which the
 * jitter's share is spread by task and failure, so that tasks that failed together do not return together. Never less
 * than the failure's own {@code retryAfter}. The spread is a hash, not a random number: a replay decides the same.
 */
final class Backoff {

    private Backoff() {}

    static Instant retryAt(RetryPolicy policy, TaskId task, int failures, Failure failure, Instant now) {
        Duration wait = wait(policy, spread(task, failures), failures);
        Duration asked = failure.retryAfter();
        // Timers know whole milliseconds: a finer time would fire before it is due.
        return now.plus(asked != null && asked.compareTo(wait) > 0 ? asked : wait)
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration wait(RetryPolicy policy, double spread, int failures) {
        double first = Objects.requireNonNull(policy.backoff()).toMillis();
        double longest = Objects.requireNonNull(policy.maxBackoff()).toMillis();
        double growth = Math.pow(Objects.requireNonNull(policy.multiplier()), failures - 1.0);
        double full = Math.min(first * growth, longest);
        return Duration.ofMillis(Math.round(full * (1 - Objects.requireNonNull(policy.jitter()) * spread)));
    }

    /** Between 0 and 1, evenly. */
    private static double spread(TaskId task, int failures) {
        long bits = ((31L * task.runId().value().hashCode() + task.index()) * 31 + failures) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
        return (bits >>> 11) * 0x1.0p-53;
    }
}
