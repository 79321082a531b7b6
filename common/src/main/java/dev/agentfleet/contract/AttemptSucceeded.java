package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** The attempt has an output. */
@JsonClassDescription("The attempt ended with an output.")
public record AttemptSucceeded(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that ran it.") String workerId,

        @JsonPropertyDescription("What the agent returned: any JSON value of at most 256 KiB.")
        Payload output,

        @JsonPropertyDescription("How long it ran.") Duration duration)
        implements AttemptReport {}
