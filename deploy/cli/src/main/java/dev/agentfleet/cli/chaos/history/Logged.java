package dev.agentfleet.cli.chaos.history;

import java.time.Instant;

/**
 * A message where a reader of committed records found it.
 *
 * @param at the broker's time of its writing
 */
public record Logged<T>(Position position, Instant at, T message) {

    public long offset() {
        return position.offset();
    }
}
