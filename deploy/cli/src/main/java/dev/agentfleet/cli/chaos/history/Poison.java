package dev.agentfleet.cli.chaos.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record made to do harm, and what it was made of.
 *
 * @param made how, for people
 * @param position where Kafka put it
 */
public record Poison(
        String made, Position position, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    public Poison {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return position + " (" + made + ")";
    }
}
