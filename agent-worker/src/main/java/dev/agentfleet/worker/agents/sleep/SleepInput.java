package dev.agentfleet.worker.agents.sleep;

import java.time.Duration;

/**
 * What {@code sleep} gets.
 *
 * @param duration how long, such as {@code PT0.1S}; not negative
 */
public record SleepInput(Duration duration) {

    public SleepInput {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative");
        }
    }
}
