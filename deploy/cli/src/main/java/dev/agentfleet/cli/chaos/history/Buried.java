package dev.agentfleet.cli.chaos.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record on the dead letters topic.
 *
 * @param headers text of each, the last one where a name stands twice
 */
public record Buried(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    public Buried {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "Buried" + headers;
    }
}
