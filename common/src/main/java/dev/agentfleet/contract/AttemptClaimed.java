package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** This attempt is running on this worker. Sent only when it takes longer than {@code claim-after}. */
@JsonClassDescription(
        "This attempt is running on this worker; sent when it takes longer than the worker's claim-after.")
public record AttemptClaimed(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that runs it.") String workerId)
        implements AttemptReport {}
