package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The agent says how far it is. */
@JsonClassDescription("The agent says how far it is.")
public record AttemptProgress(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that runs it.") String workerId,

        @JsonPropertyDescription("Share done, 0 to 1, where the agent knows it.") @Nullable
        Double share,

        @JsonPropertyDescription("What it is doing; at most 500 characters.") @Nullable
        String note)
        implements AttemptReport {

    public AttemptProgress {
        note = note == null ? null : Failure.shortened(note);
    }
}
