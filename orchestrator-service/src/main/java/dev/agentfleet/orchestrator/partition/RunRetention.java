package dev.agentfleet.orchestrator.partition;

import java.time.Duration;

/**
 * How long finished runs are kept, in the log's time.
 *
 * @param time from the completion of a run's last revision
 */
public record RunRetention(Duration time) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final int PART = 10;

    public RunRetention {
        if (time.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "fleet.orchestrator.run-retention: '" + time + "' must be at least " + LEAST);
        }
    }

    /** How often finished runs are looked at: a run is kept at most about so much longer. */
    public Duration lookEvery() {
        Duration part = time.dividedBy(PART);
        return part.compareTo(SELDOM) < 0 ? part : SELDOM;
    }
}
