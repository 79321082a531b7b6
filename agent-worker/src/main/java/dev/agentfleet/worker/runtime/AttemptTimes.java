package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.config.WorkerConfig;
import java.time.Duration;

/** The spans of an attempt's life, in nanoseconds. */
record AttemptTimes(long claimAfter, long stopGrace) {

    /** A span that is as good as endless and still cannot overflow when added to a tick. */
    private static final Duration ENDLESS = Duration.ofDays(3_650);

    static AttemptTimes of(WorkerConfig config) {
        return new AttemptTimes(nanos(config.claimAfter()), nanos(config.stopGrace()));
    }

    /** A span of any size a message may carry. */
    static long nanos(Duration span) {
        if (span.isNegative()) {
            return 0;
        }
        return span.compareTo(ENDLESS) > 0 ? ENDLESS.toNanos() : span.toNanos();
    }
}
