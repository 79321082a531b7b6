package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one worker says of its attempts. */
public record Reports(String workerId) {

    /** The report of a verdict, or null when there is nothing to report. */
    public @Nullable AttemptReport of(TaskAssignment assignment, Verdict verdict, Duration ran, @Nullable Cost cost) {
        var task = assignment.taskId();
        int attempt = assignment.attempt();
        return switch (verdict) {
            case Verdict.Succeeded(var output) -> new AttemptSucceeded(task, attempt, workerId, output, ran, cost);
            case Verdict.Failed(var failure) -> new AttemptFailed(task, attempt, workerId, failure, false, ran, cost);
            case Verdict.TimedOut() ->
                new AttemptFailed(task, attempt, workerId, timeout(assignment.timeout()), true, ran, cost);
            case Verdict.Released(var reason) -> released(assignment, reason, ran, cost);
            case Verdict.Unavailable(var failure) ->
                new AttemptReleased(
                        task, attempt, workerId, ReleaseReason.UNAVAILABLE, ran.isZero() ? null : ran, cost, failure);
            case Verdict.Dropped() ->
                ran.isZero() && cost == null ? null : released(assignment, ReleaseReason.STOPPED, ran, cost);
        };
    }

    private AttemptReleased released(
            TaskAssignment assignment, ReleaseReason reason, Duration ran, @Nullable Cost cost) {
        return new AttemptReleased(
                assignment.taskId(), assignment.attempt(), workerId, reason, ran.isZero() ? null : ran, cost);
    }

    public AttemptClaimed claimed(AttemptId id) {
        return new AttemptClaimed(id.taskId(), id.attempt(), workerId);
    }

    public AttemptProgress progress(AttemptId id, double share, String note) {
        return new AttemptProgress(id.taskId(), id.attempt(), workerId, share, note);
    }

    public AttemptProgress waited(AttemptId id, Duration waited) {
        return new AttemptProgress(id.taskId(), id.attempt(), workerId, null, null, waited);
    }

    /** An assignment of which only the headers could be read. */
    public AttemptFailed unreadable(AttemptId id, String reason) {
        Failure failure = Failure.permanent(FailureCode.UNREADABLE_ASSIGNMENT, reason);
        return new AttemptFailed(id.taskId(), id.attempt(), workerId, failure, false, Duration.ZERO);
    }

    private static Failure timeout(Duration timeout) {
        return Failure.retryable(FailureCode.TIMEOUT, "Stopped at its timeout of " + timeout);
    }
}
