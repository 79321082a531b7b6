package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The attempt has an output. */
@JsonClassDescription("The attempt ended with an output.")
public record AttemptSucceeded(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that ran it.") String workerId,

        @JsonPropertyDescription("What the agent returned: any JSON value of at most 256 KiB.")
        Payload output,

        @JsonPropertyDescription("How long it ran.") Duration duration,

        @JsonPropertyDescription("What the attempt used up, where its agent said so.") @Nullable
        Cost cost)
        implements AttemptReport {

    public AttemptSucceeded {
        Rules.requireMeasured(duration, "duration");
    }

    /** An attempt whose agent reported no cost. */
    public AttemptSucceeded(TaskId taskId, int attempt, String workerId, Payload output, Duration duration) {
        this(taskId, attempt, workerId, output, duration, null);
    }
}
