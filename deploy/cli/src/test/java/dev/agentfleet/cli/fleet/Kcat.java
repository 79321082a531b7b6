package dev.agentfleet.cli.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code kcat} of the README's commands: a client that hashes keys with CRC32. */
final class Kcat {

    private final String bootstrapServers;

    Kcat(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void produce(String topic, @Nullable String key, String value) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kcat", "-P", "-b", bootstrapServers, "-t", topic));
        if (key != null) {
            command.addAll(List.of("-k", key));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(value.getBytes(StandardCharsets.UTF_8));
        }
        if (process.waitFor() != 0) {
            throw new IOException("kcat -P ended with " + process.exitValue());
        }
    }

    /** All records there are, as key, headers and value, separated by tabs. */
    List<String> consume(String topic) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "kcat",
                        "-C",
                        "-e",
                        "-q",
                        "-b",
                        bootstrapServers,
                        "-t",
                        topic,
                        "-X",
                        "isolation.level=read_committed",
                        "-f",
                        "%k\t%h\t%s\n")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.lines().toList();
    }
}
