package dev.agentfleet.cli.chaos.poison;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written as it is.
 *
 * @param made how it was made, for people
 */
public record BadRecord(
        String made, String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    public BadRecord {
        headers = Map.copyOf(headers);
    }

    static BadRecord of(String made, String topic, @Nullable String key, @Nullable String value) {
        return new BadRecord(made, topic, bytes(key), bytes(value), Map.of());
    }

    BadRecord with(String how, byte @Nullable [] newKey, byte[] newValue) {
        return new BadRecord(how, topic, newKey, newValue, headers);
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
