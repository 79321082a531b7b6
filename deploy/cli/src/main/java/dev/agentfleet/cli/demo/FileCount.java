package dev.agentfleet.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the task of one file found. */
record FileCount(String sha256, long lines, long words, long bytes) {
    /** Checksum and {@code -} on one line, then lines, words and bytes. */
    private static final Pattern OUTPUT =
            Pattern.compile("\\\\?([0-9a-f]{64})\\s+-\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)(?:\\s+-)?\\s*");

    /** Reads the output of the {@code command} agent. */
    static Optional<FileCount> of(Payload output) {
        try {
            var json = Json.mapper().readTree(output.json());
            var text = OUTPUT.matcher(json.path("stdout").asText());
            return json.path("exitCode").asInt(-1) == 0 && text.matches()
                    ? Optional.of(new FileCount(
                            text.group(1),
                            Long.parseLong(text.group(2)),
                            Long.parseLong(text.group(3)),
                            Long.parseLong(text.group(4))))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
