package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ends an open run: no more tasks follow. */
@JsonClassDescription("Ends an open run: says how many chunks and tasks it has, and optionally their digest.")
public record SealRun(
        @JsonPropertyDescription("The run; may be left out when the record key carries it.") @Nullable
        RunId runId,

        @JsonPropertyDescription("How many AppendTasks the run has.")
        int chunks,

        @JsonPropertyDescription("How many tasks it has, those of SubmitRun included.")
        int tasks,

        @JsonPropertyDescription(
                "Hex SHA-256 over the AppendTasks values as sent: d starts as zero bytes long and becomes SHA-256(d + value) with every chunk in order. May be left out.")
        @Nullable
        String digest)
        implements Request {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public SealRun {
        Rules.require(chunks >= 0, "chunks", chunks, "must not be negative");
        Rules.require(tasks >= 1, "tasks", tasks, "must be at least 1");
        Rules.require(
                digest == null || HEX.matcher(digest).matches(), "digest", digest, "must be 64 lower-case hex digits");
    }

    @Override
    public SealRun forRun(RunId id) {
        return new SealRun(id, chunks, tasks, digest);
    }
}
