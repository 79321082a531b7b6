package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The worker gives the attempt back. Its code has stopped or never started; no failure is counted. */
@JsonClassDescription("The worker gives the attempt back unfinished; no failure is counted.")
public record AttemptReleased(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that had it.") String workerId,
        @JsonPropertyDescription("Why it is given back.") ReleaseReason reason)
        implements AttemptReport {}
