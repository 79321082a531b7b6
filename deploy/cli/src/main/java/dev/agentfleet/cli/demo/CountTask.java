package dev.agentfleet.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskSpec;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The task of one file: its checksum and its counts, by the standard tools. */
final class CountTask {
    private static final String AGENT = "command";

    private final String script;

    /** @param checksum the tool that prints SHA-256 sums here */
    CountTask(String checksum) {
        // Read from standard input: the tools never print the name, which may hold anything.
        this.script = "export LC_ALL=C; " + checksum + " <\"$1\" && wc -lwc <\"$1\"";
    }

    TaskSpec of(Path file) {
        try {
            var input = Map.of("argv", List.of("sh", "-c", script, "sh", file.toString()));
            return TaskSpec.of(AGENT, new Payload(Json.mapper().writeValueAsString(input)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
