package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt took that came to nothing.
 *
 * @param cost null when its agent told none, or nobody knows
 */
record Waste(WasteCause cause, Duration time, @Nullable Cost cost) {

    /** What the decision says was wasted; null when nothing was, or nobody knows. */
    static @Nullable Waste of(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
        return switch (decision) {
            case TaskDecision.Ignored(var reason, var e) ->
                event instanceof TaskEvent.Reported(AttemptReport report) ? late(before, report, reason) : null;
            case TaskDecision.Applied a ->
                switch (event) {
                    case TaskEvent.Reported(AttemptFailed failed) ->
                        new Waste(
                                failed.timedOut() ? WasteCause.TIMED_OUT : WasteCause.FAILED,
                                failed.duration(),
                                failed.cost());
                    case TaskEvent.Reported(AttemptReleased release) ->
                        new Waste(
                                release.reason() == ReleaseReason.STOPPED ? WasteCause.CANCELLED : WasteCause.RETURNED,
                                sinceClaim(before, now),
                                release.cost());
                    case TaskEvent.WorkerLost l -> new Waste(WasteCause.LEASE_LOST, sinceClaim(before, now), null);
                    case TaskEvent.BackstopReached b -> new Waste(WasteCause.TIMED_OUT, sinceClaim(before, now), null);
                    case TaskEvent.Stopped s -> new Waste(WasteCause.CANCELLED, sinceClaim(before, now), null);
                    case TaskEvent.Reported r -> null;
                    case TaskEvent.Dispatch d -> null;
                    case TaskEvent.Redrive r -> null;
                    case TaskEvent.QueueExpired q -> null;
                };
        };
    }

    /** A report that no longer counts tells what was spent; its time too, unless that was booked when it was given up. */
    private static @Nullable Waste late(TaskState before, AttemptReport report, IgnoreReason reason) {
        WasteCause cause = switch (reason) {
            case STALE_ATTEMPT -> WasteCause.LEASE_LOST;
            case NOT_OWNER -> WasteCause.REDELIVERED;
            case ALREADY_SETTLED -> afterOutcome((TaskState.Settled) before, report);
            case UNKNOWN_ATTEMPT, DUPLICATE, NOT_APPLICABLE, UNKNOWN_TASK -> null;
        };
        if (cause == null) {
            return null;
        }
        boolean counted = cause != WasteCause.REDELIVERED;
        return switch (report) {
            case AttemptSucceeded late -> new Waste(cause, counted ? Duration.ZERO : late.duration(), late.cost());
            case AttemptFailed late -> new Waste(cause, counted ? Duration.ZERO : late.duration(), late.cost());
            case AttemptReleased late ->
                new Waste(cause, counted || late.duration() == null ? Duration.ZERO : late.duration(), late.cost());
            default -> null;
        };
    }

    private static WasteCause afterOutcome(TaskState.Settled settled, AttemptReport report) {
        if (report.attempt() < settled.attempt()) {
            return WasteCause.LEASE_LOST;
        }
        return settled.outcome().status() == TaskStatus.CANCELLED ? WasteCause.CANCELLED : WasteCause.REDELIVERED;
    }

    private static Duration sinceClaim(TaskState before, Instant now) {
        return before instanceof TaskState.Running running ? Duration.between(running.since(), now) : Duration.ZERO;
    }
}
