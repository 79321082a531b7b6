package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** The attempt ended without an output. */
@JsonClassDescription("The attempt ended without an output.")
public record AttemptFailed(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that ran it.") String workerId,
        @JsonPropertyDescription("What went wrong.") Failure failure,

        @JsonPropertyDescription("true when the attempt was stopped at its timeout.")
        boolean timedOut,

        @JsonPropertyDescription("How long it ran.") Duration duration)
        implements AttemptReport {}
