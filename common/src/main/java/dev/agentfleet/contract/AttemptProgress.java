package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The agent says how far it is, or its worker that it waits for quota. */
@JsonClassDescription("The agent says how far it is, or its worker that it waits for quota.")
public record AttemptProgress(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that runs it.") String workerId,

        @JsonPropertyDescription("Share done, 0 to 1, where the agent knows it.") @Nullable
        Double share,

        @JsonPropertyDescription("What it is doing; at most 500 characters.") @Nullable
        String note,

        @JsonPropertyDescription(
                "How long the clock of its timeout has stood still so far, because it waits for quota: the orchestrator waits as much longer for its end. Not there: unchanged.")
        @Nullable
        Duration waited)
        implements AttemptReport {

    public AttemptProgress(TaskId taskId, int attempt, String workerId, @Nullable Double share, @Nullable String note) {
        this(taskId, attempt, workerId, share, note, null);
    }

    public AttemptProgress {
        Rules.requireMeasured(waited, "waited");
        note = note == null ? null : Failure.shortened(note);
    }
}
