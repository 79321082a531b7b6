package dev.agentfleet.worker.execution;

import java.time.Duration;

/**
 * The spans of an attempt's life, in nanoseconds.
 *
 * @param claimAfter an attempt that runs longer is claimed
 * @param stopGrace how long its code has to end once it was told to stop
 */
public record AttemptTimes(long claimAfter, long stopGrace) {

    /** A span that is as good as endless and still cannot overflow when added to a tick. */
    static final Duration ENDLESS = Duration.ofDays(3_650);

    public static AttemptTimes of(Duration claimAfter, Duration stopGrace) {
        return new AttemptTimes(nanos(claimAfter), nanos(stopGrace));
    }

    /** A span of any size a message may carry. */
    static long nanos(Duration span) {
        if (span.isNegative()) {
            return 0;
        }
        return span.compareTo(ENDLESS) > 0 ? ENDLESS.toNanos() : span.toNanos();
    }
}
