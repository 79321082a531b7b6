package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.submission.TaskSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file a user names, or standard input.
 *
 * @param name {@code -} for standard input
 * @param defaultAgent the run's agent, for tasks that name none
 */
public record InputFile(String name, @Nullable String defaultAgent) {
    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER = 64 * 1024;

    /** Refuses bad input before anything of it is submitted, where it can be read twice. */
    public void check() throws IOException {
        if (name.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(name))) {
            return;
        }
        try (InputStream in = open()) {
            if (Input.read(in, defaultAgent) instanceof Input.Tasks(TaskSource source)) {
                while (source.next() != null) {
                    // Reading is the check.
                }
            }
        }
    }

    /** The content, buffered. */
    public InputStream open() throws IOException {
        InputStream in = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name));
        return new BufferedInputStream(in, BUFFER);
    }

    /** The JSON in the text, or in the file that the text names after an {@code @}. */
    public static Payload payload(String text, String flag) throws IOException {
        byte[] json;
        if (text.startsWith("@")) {
            try (InputStream in = Files.newInputStream(Path.of(text.substring(1)))) {
                json = in.readNBytes(4 * Payload.MAX_BYTES);
            }
        } else {
            json = text.getBytes(StandardCharsets.UTF_8);
        }
        return InputJson.payload(json, flag);
    }
}
