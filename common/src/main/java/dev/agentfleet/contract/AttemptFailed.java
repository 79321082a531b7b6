package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The attempt ended without an output. */
@JsonClassDescription("The attempt ended without an output.")
public record AttemptFailed(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that ran it.") String workerId,
        @JsonPropertyDescription("What went wrong.") Failure failure,

        @JsonPropertyDescription("true when the attempt was stopped at its timeout.")
        boolean timedOut,

        @JsonPropertyDescription("How long it ran.") Duration duration,

        @JsonPropertyDescription("What the attempt used up, where its agent said so.") @Nullable
        Cost cost)
        implements AttemptReport {

    public AttemptFailed {
        Rules.requireMeasured(duration, "duration");
    }

    /** An attempt whose agent reported no cost. */
    public AttemptFailed(
            TaskId taskId, int attempt, String workerId, Failure failure, boolean timedOut, Duration duration) {
        this(taskId, attempt, workerId, failure, timedOut, duration, null);
    }
}
