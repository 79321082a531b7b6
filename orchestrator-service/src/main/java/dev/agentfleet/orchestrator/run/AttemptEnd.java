package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WasteCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt took, and what came of it.
 *
 * @param wasted why it came to nothing; null when its success became the task's outcome
 * @param duration how long it ran, where known; zero otherwise
 * @param cost null when its agent told none, or nobody knows
 */
public record AttemptEnd(
        @Nullable WasteCause wasted,
        Duration duration,
        @Nullable Cost cost) {

    /**
     * What the decision says of an attempt's end; null when it ended none, or nothing came to be known. An event that was
     * ignored moved no task: what it tells came late, of an attempt whose end was decided before, or of a second execution.
     */
    public static @Nullable AttemptEnd of(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
        return switch (decision) {
            case TaskDecision.Ignored(var reason, var e) ->
                event instanceof TaskEvent.Reported(AttemptReport report) ? late(before, report, reason) : null;
            case TaskDecision.Applied a -> before.occupies() == null ? null : ended(before, event, now);
        };
    }

    private static @Nullable AttemptEnd ended(TaskState before, TaskEvent event, Instant now) {
        return switch (event) {
            case TaskEvent.Reported(AttemptReport report) -> reported(before, report, now);
            case TaskEvent.WorkerLost l -> unreported(WasteCause.LEASE_LOST, before, now);
            case TaskEvent.BackstopReached b -> unreported(WasteCause.TIMED_OUT, before, now);
            case TaskEvent.Stopped s -> unreported(WasteCause.CANCELLED, before, now);
            case TaskEvent.QueueExpired q -> unreported(WasteCause.RETURNED, before, now);
            case TaskEvent.Dispatch d -> null;
            case TaskEvent.Redrive r -> null;
        };
    }

    private static @Nullable AttemptEnd reported(TaskState before, AttemptReport report, Instant now) {
        return switch (report) {
            case AttemptSucceeded success -> new AttemptEnd(null, success.duration(), success.cost());
            case AttemptFailed failed ->
                new AttemptEnd(
                        failed.timedOut() ? WasteCause.TIMED_OUT : WasteCause.FAILED, failed.duration(), failed.cost());
            case AttemptReleased release ->
                new AttemptEnd(
                        release.reason() == ReleaseReason.STOPPED ? WasteCause.CANCELLED : WasteCause.RETURNED,
                        Objects.requireNonNullElseGet(release.duration(), () -> sinceClaim(before, now)),
                        release.cost());
            default -> null;
        };
    }

    private static AttemptEnd unreported(WasteCause cause, TaskState before, Instant now) {
        return new AttemptEnd(cause, sinceClaim(before, now), null);
    }

    private static Duration sinceClaim(TaskState before, Instant now) {
        return before instanceof TaskState.Running running ? Duration.between(running.since(), now) : Duration.ZERO;
    }

    /** A report that no longer counts tells what was spent; its time too, unless that was booked when it was given up. */
    private static @Nullable AttemptEnd late(TaskState before, AttemptReport report, IgnoreReason reason) {
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
            case AttemptSucceeded late -> new AttemptEnd(cause, counted ? Duration.ZERO : late.duration(), late.cost());
            case AttemptFailed late -> new AttemptEnd(cause, counted ? Duration.ZERO : late.duration(), late.cost());
            case AttemptReleased late ->
                new AttemptEnd(
                        cause, counted || late.duration() == null ? Duration.ZERO : late.duration(), late.cost());
            default -> null;
        };
    }

    private static WasteCause afterOutcome(TaskState.Settled settled, AttemptReport report) {
        if (report.attempt() < settled.attempt()) {
            return WasteCause.LEASE_LOST;
        }
        return settled.outcome().status() == TaskStatus.CANCELLED ? WasteCause.CANCELLED : WasteCause.REDELIVERED;
    }
}
