package dev.agentfleet.worker.agents.command;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.sandbox.FileContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an output of 256 KiB is shared out: the files it must hold come first, and what is left is stdout's and stderr's. */
final class OutputRoom {

    /** As JSON; leaves room for the rest of the output. */
    private static final int ALL = 250_000;

    private static final int FILES = 200_000;

    private OutputRoom() {}

    /** Bytes of JSON for each of the two; throws when the files alone are too large. */
    static int perStream(@Nullable Map<String, FileContent> files) {
        int taken = files == null
                ? 0
                : files.entrySet().stream()
                        .mapToInt(file ->
                                file.getKey().length() * 6 + file.getValue().jsonBytes())
                        .sum();
        if (taken > FILES) {
            throw AgentFailureException.retryable(
                    "OUTPUT_TOO_LARGE", "outputs: all files together must be at most " + FILES + " bytes as JSON");
        }
        return (ALL - taken) / 2;
    }
}
