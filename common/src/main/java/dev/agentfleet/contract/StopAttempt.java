package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Tells one worker to stop one attempt: another owns it, or the task has its outcome. */
@JsonClassDescription("Tells one worker to stop one attempt, because another owns it or the task has its outcome.")
public record StopAttempt(
        @JsonPropertyDescription("The task.") TaskId taskId,

        @JsonPropertyDescription("The attempt to stop; later ones are not meant.")
        int attempt,

        @JsonPropertyDescription("The worker that must stop it.")
        String workerId,

        @JsonPropertyDescription("Why.") String reason)
        implements Control {}
