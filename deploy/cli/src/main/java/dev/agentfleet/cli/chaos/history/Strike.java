package dev.agentfleet.cli.chaos.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A fault that struck.
 *
 * @param fault its name
 * @param disturbs whether work may be delivered again because of it
 * @param hit process ids of the workers that it killed or stalled, or whose broker it did; none of a hand-over, where all
 *     that leave say so
 * @param from by this machine's clock
 * @param until when it was mended
 */
public record Strike(String fault, boolean disturbs, Set<Long> hit, Instant from, Instant until) {

    public Strike {
        hit = Set.copyOf(hit);
    }

    public Duration length() {
        return Duration.between(from, until);
    }
}
