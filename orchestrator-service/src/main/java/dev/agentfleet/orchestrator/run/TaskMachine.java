package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.TaskDecision.Applied;
import dev.agentfleet.orchestrator.run.TaskDecision.Ignored;
import dev.agentfleet.orchestrator.run.TaskState.BackingOff;
import dev.agentfleet.orchestrator.run.TaskState.Dispatched;
import dev.agentfleet.orchestrator.run.TaskState.Running;
import dev.agentfleet.orchestrator.run.TaskState.Settled;
import dev.agentfleet.orchestrator.run.TaskState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what an event means for one task. Pure: the same arguments always give the same decision. */
public final class TaskMachine {

    /** A task that no worker can do now must not go round and round. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private static final Failure UNAVAILABLE = Failure.retryable("UNAVAILABLE", "the worker did not say why");

    private TaskMachine() {}

    public static TaskDecision decide(TaskFacts task, TaskState state, TaskEvent event, Instant now) {
        if (state instanceof Settled settled && event instanceof TaskEvent.Redrive) {
            return redriven(settled, now);
        }
        if (state instanceof Settled) {
            return event instanceof TaskEvent.Reported(AttemptReport report)
                    ? refused(report, IgnoreReason.ALREADY_SETTLED, "the task has its outcome")
                    : ignored(IgnoreReason.ALREADY_SETTLED);
        }
        return switch (event) {
            case TaskEvent.Dispatch dispatch -> dispatch(state, dispatch.pool(), now);
            case TaskEvent.Reported reported -> reported(task, state, reported.report(), now);
            case TaskEvent.QueueExpired expired -> queueExpired(task, state, expired.attempt(), now);
            case TaskEvent.BackstopReached reached -> backstopReached(task, state, reached.attempt(), now);
            case TaskEvent.WorkerLost lost -> workerLost(task, state, lost, now);
            case TaskEvent.Redrive r -> ignored(IgnoreReason.NOT_APPLICABLE);
            case TaskEvent.Stopped stopped -> settle(task, state, Ending.stopped(stopped.cause()), now);
        };
    }

    private static TaskDecision dispatch(TaskState state, String pool, Instant now) {
        return switch (state) {
            case Waiting w -> dispatched(state, pool, now);
            case BackingOff waiting when !waiting.retryAt().isAfter(now) -> dispatched(state, pool, now);
            case BackingOff b -> ignored(IgnoreReason.NOT_APPLICABLE);
            case Dispatched d -> ignored(IgnoreReason.DUPLICATE);
            case Running r -> ignored(IgnoreReason.DUPLICATE);
            case Settled s -> ignored(IgnoreReason.ALREADY_SETTLED);
        };
    }

    private static TaskDecision dispatched(TaskState state, String pool, Instant now) {
        int attempt = state.attempt() + 1;
        return applied(
                new Dispatched(pool, attempt, state.failures(), now, state.spent()),
                new TaskEffect.Assign(pool, attempt));
    }

    private static TaskDecision reported(TaskFacts task, TaskState state, AttemptReport report, Instant now) {
        if (report.attempt() > state.attempt() || state instanceof Waiting) {
            return ignored(IgnoreReason.UNKNOWN_ATTEMPT);
        }
        if (report.attempt() < state.attempt() || state instanceof BackingOff) {
            return refused(report, IgnoreReason.STALE_ATTEMPT, "a later attempt of the task counts");
        }
        if (state instanceof Running running && !running.workerId().equals(report.workerId())) {
            return refused(report, IgnoreReason.NOT_OWNER, "another worker owns the attempt");
        }
        return switch (report) {
            case AttemptClaimed claimed -> claimed(state, claimed, now);
            case AttemptProgress progress -> progressed(state, progress);
            case AttemptSucceeded done -> settle(task, state, Ending.succeeded(done), now);
            case AttemptFailed failed -> failed(task, state, Ending.failed(failed), now);
            case AttemptReleased released -> released(task, state, released, now);
        };
    }

    private static TaskDecision claimed(TaskState state, AttemptClaimed claim, Instant now) {
        return switch (state) {
            case Dispatched d ->
                applied(
                        new Running(d.pool(), d.attempt(), d.failures(), claim.workerId(), now, d.spent()),
                        new TaskEffect.WatchClaim(d.attempt(), claim.workerId()));
            case Running r -> ignored(IgnoreReason.DUPLICATE);
            case Waiting w -> ignored(IgnoreReason.UNKNOWN_ATTEMPT);
            case BackingOff b -> ignored(IgnoreReason.STALE_ATTEMPT);
            case Settled s -> ignored(IgnoreReason.ALREADY_SETTLED);
        };
    }

    /** Only that its clock stood still longer than was known matters here. */
    private static TaskDecision progressed(TaskState state, AttemptProgress progress) {
        Duration waited = progress.waited();
        return state instanceof Running running
                        && waited != null
                        && (running.waited() == null || waited.compareTo(running.waited()) > 0)
                ? applied(running.afterWaiting(waited))
                : ignored(IgnoreReason.NOT_APPLICABLE);
    }

    private static TaskDecision released(TaskFacts task, TaskState state, AttemptReleased release, Instant now) {
        if (release.reason() == ReleaseReason.START_BY_PASSED && task.options().queueTimeout() != null) {
            return settle(task, state, Ending.queueTimeout(release.cost()), now);
        }
        return release.reason() == ReleaseReason.UNAVAILABLE
                ? later(state, release, now)
                : again(state, release.cost(), now);
    }

    /** Offers the task for dispatch after the wait that was asked for; the attempt given back counts as no failure. */
    private static TaskDecision later(TaskState state, AttemptReleased release, Instant now) {
        Failure why = Objects.requireNonNullElse(release.failure(), UNAVAILABLE);
        Duration asked = Objects.requireNonNullElse(why.retryAfter(), Duration.ZERO);
        Instant at =
                now.plus(asked.compareTo(LEAST_WAIT) > 0 ? asked : LEAST_WAIT).truncatedTo(ChronoUnit.MILLIS);
        return applied(
                new BackingOff(state.attempt(), state.failures(), at, why, Cost.sum(state.spent(), release.cost())),
                new TaskEffect.RetryAt(at));
    }

    private static TaskDecision queueExpired(TaskFacts task, TaskState state, int attempt, Instant now) {
        if (!(state instanceof Dispatched) || state.attempt() != attempt) {
            return ignored(IgnoreReason.NOT_APPLICABLE);
        }
        return task.options().queueTimeout() != null
                ? settle(task, state, Ending.queueTimeout(null), now)
                : again(state, null, now);
    }

    private static TaskDecision backstopReached(TaskFacts task, TaskState state, int attempt, Instant now) {
        if (!(state instanceof Running running) || state.attempt() != attempt) {
            return ignored(IgnoreReason.NOT_APPLICABLE);
        }
        return failed(task, state, Ending.backstop(running), now);
    }

    private static TaskDecision workerLost(TaskFacts task, TaskState state, TaskEvent.WorkerLost lost, Instant now) {
        if (!(state instanceof Running running)
                || state.attempt() != lost.attempt()
                || !running.workerId().equals(lost.workerId())) {
            return ignored(IgnoreReason.NOT_APPLICABLE);
        }
        return failed(task, state, Ending.workerLost(lost), now);
    }

    /** Offers the task for dispatch at once; the attempt given back counts as no failure. */
    private static TaskDecision again(TaskState state, @Nullable Cost cost, Instant now) {
        Cost spent = Cost.sum(state.spent(), cost);
        return applied(
                new BackingOff(state.attempt(), state.failures(), now, null, spent), new TaskEffect.RetryAt(now));
    }

    private static TaskDecision failed(TaskFacts task, TaskState state, Ending ending, Instant now) {
        Failure failure = Objects.requireNonNull(ending.failure());
        int failures = state.failures() + 1;
        var retry = Objects.requireNonNull(task.options().retry());
        if (!failure.retryable() || failures >= Objects.requireNonNull(retry.maxAttempts())) {
            return settle(task, state, ending, now);
        }
        Instant retryAt = Backoff.retryAt(retry, task.id(), failures, failure, now);
        List<TaskEffect> effects = new ArrayList<>(ending.stopping(state));
        effects.add(new TaskEffect.RetryAt(retryAt));
        return new Applied(
                new BackingOff(state.attempt(), failures, retryAt, failure, ending.spentWith(state)), effects);
    }

    private static TaskDecision settle(TaskFacts task, TaskState state, Ending ending, Instant now) {
        TaskOutcome outcome = new TaskOutcome(
                task.id().runId(),
                task.id(),
                task.revision(),
                ending.status(),
                state.attempt(),
                task.agent(),
                ending.output(),
                ending.failure(),
                ending.workerId(),
                ending.duration(),
                ending.spentWith(state),
                now);
        List<TaskEffect> effects = new ArrayList<>(ending.stopping(state));
        effects.add(new TaskEffect.Publish(outcome));
        if (ending.exhausted()) {
            effects.add(new TaskEffect.Bury(Objects.requireNonNull(ending.failure())));
        }
        return new Applied(new Settled(outcome, state.failures() + (ending.exhausted() ? 1 : 0)), effects);
    }

    /** Attempts go on counting, failures begin anew. */
    private static TaskDecision redriven(Settled settled, Instant now) {
        return applied(
                new BackingOff(settled.attempt(), 0, now, null, settled.spent()),
                new TaskEffect.KeepOutcome(settled.outcome()),
                new TaskEffect.RetryAt(now));
    }

    private static TaskDecision applied(TaskState next, TaskEffect... effects) {
        return new Applied(next, List.of(effects));
    }

    private static TaskDecision ignored(IgnoreReason reason) {
        return new Ignored(reason, List.of());
    }

    /** Only a claim is answered: whoever claims goes on working, everyone else has finished. */
    private static TaskDecision refused(AttemptReport report, IgnoreReason reason, String why) {
        return report instanceof AttemptClaimed
                ? new Ignored(reason, List.of(new TaskEffect.StopWorker(report.attempt(), report.workerId(), why)))
                : ignored(reason);
    }

    /** How an attempt or a task ends, before it is known whether another attempt follows. */
    private record Ending(
            TaskStatus status,
            @Nullable Payload output,
            @Nullable Failure failure,
            @Nullable String workerId,
            @Nullable Duration duration,
            @Nullable Cost cost,
            boolean exhausted,
            boolean stopsWorker) {

        static Ending succeeded(AttemptSucceeded done) {
            return new Ending(
                    TaskStatus.SUCCEEDED,
                    done.output(),
                    null,
                    done.workerId(),
                    done.duration(),
                    done.cost(),
                    false,
                    false);
        }

        static Ending failed(AttemptFailed failed) {
            TaskStatus status = failed.timedOut() ? TaskStatus.TIMED_OUT : TaskStatus.FAILED;
            return new Ending(
                    status, null, failed.failure(), failed.workerId(), failed.duration(), failed.cost(), true, false);
        }

        static Ending queueTimeout(@Nullable Cost cost) {
            Failure failure = Failure.permanent(
                    FailureCode.QUEUE_TIMEOUT, "no worker started the task within options.queueTimeout");
            return new Ending(TaskStatus.TIMED_OUT, null, failure, null, null, cost, true, false);
        }

        static Ending backstop(Running running) {
            Failure failure = Failure.retryable(
                    FailureCode.TIMEOUT, "the attempt outlived its timeout and its worker did not end it");
            return new Ending(TaskStatus.TIMED_OUT, null, failure, running.workerId(), null, null, true, true);
        }

        static Ending workerLost(TaskEvent.WorkerLost lost) {
            String how = switch (lost.how()) {
                case SILENT -> " was not heard of for a lease";
                case NOT_LISTED -> " no longer lists the attempt it claimed";
            };
            Failure failure = Failure.retryable(FailureCode.WORKER_LOST, "worker " + lost.workerId() + how);
            return new Ending(TaskStatus.FAILED, null, failure, lost.workerId(), null, null, true, true);
        }

        static Ending stopped(Stop.Cause cause) {
            return new Ending(cause.taskStatus(), null, cause.taskFailure(), null, null, null, false, false);
        }

        @Nullable
        Cost spentWith(TaskState state) {
            return Cost.sum(state.spent(), cost);
        }

        /** Tells the owner of a claimed attempt that it has lost it. */
        List<TaskEffect> stopping(TaskState state) {
            return stopsWorker && state instanceof Running running
                    ? List.of(new TaskEffect.StopWorker(
                            running.attempt(), running.workerId(), "the attempt was given up"))
                    : List.of();
        }
    }
}
