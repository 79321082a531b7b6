package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The worker gives the attempt back. Its code has stopped or never started; no failure is counted. */
@JsonClassDescription("The worker gives the attempt back unfinished; no failure is counted.")
public record AttemptReleased(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The attempt.") int attempt,
        @JsonPropertyDescription("The worker that had it.") String workerId,
        @JsonPropertyDescription("Why it is given back.") ReleaseReason reason,

        @JsonPropertyDescription("How long its code ran, where it was stopped.") @Nullable
        Duration duration,

        @JsonPropertyDescription("What the attempt used up, where its agent said so.") @Nullable
        Cost cost,

        @JsonPropertyDescription("What stands in the way, with reason UNAVAILABLE; its retryAfter is the wait.")
        @Nullable
        Failure failure)
        implements AttemptReport {

    public AttemptReleased {
        Rules.requireMeasured(duration, "duration");
    }

    /** An attempt that did not start. */
    public AttemptReleased(TaskId taskId, int attempt, String workerId, ReleaseReason reason) {
        this(taskId, attempt, workerId, reason, null, null);
    }

    /** An attempt that was given back for a reason that says everything. */
    public AttemptReleased(
            TaskId taskId,
            int attempt,
            String workerId,
            ReleaseReason reason,
            @Nullable Duration duration,
            @Nullable Cost cost) {
        this(taskId, attempt, workerId, reason, duration, cost, null);
    }
}
