package dev.agentfleet.cli.chaos.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that struck.
 *
 * @param fault its name
 * @param disturbs whether work may be delivered again because of it
 * @param from by this machine's clock
 * @param until when it was mended
 */
public record Strike(String fault, boolean disturbs, Instant from, Instant until) {

    public Duration length() {
        return Duration.between(from, until);
    }
}
