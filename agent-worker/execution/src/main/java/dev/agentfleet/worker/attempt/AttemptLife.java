package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.worker.attempt.AttemptEffect.Claim;
import dev.agentfleet.worker.attempt.AttemptEffect.Conclude;
import dev.agentfleet.worker.attempt.AttemptEffect.StopCode;
import dev.agentfleet.worker.attempt.AttemptEvent.ClaimDue;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeFailed;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeReturned;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeUnavailable;
import dev.agentfleet.worker.attempt.AttemptEvent.GracePassed;
import dev.agentfleet.worker.attempt.AttemptEvent.StopRequested;
import dev.agentfleet.worker.attempt.AttemptState.Ended;
import dev.agentfleet.worker.attempt.AttemptState.Overdue;
import dev.agentfleet.worker.attempt.AttemptState.Running;
import dev.agentfleet.worker.attempt.AttemptState.Stopping;
import dev.agentfleet.worker.attempt.Verdict.Dropped;
import dev.agentfleet.worker.attempt.Verdict.Failed;
import dev.agentfleet.worker.attempt.Verdict.Released;
import dev.agentfleet.worker.attempt.Verdict.Succeeded;
import dev.agentfleet.worker.attempt.Verdict.TimedOut;
import dev.agentfleet.worker.attempt.Verdict.Unavailable;

/** The transitions of a started attempt. */
public final class AttemptLife {

    public static final AttemptState STARTED = new Running(false);

    private AttemptLife() {}

    /** The one decision function: same state and event, same decision. */
    public static Decision decide(AttemptState state, AttemptEvent event) {
        return switch (state) {
            case Running running -> whileRunning(running, event);
            case Stopping stopping -> whileStopping(stopping, event);
            case Overdue overdue -> whileOverdue(overdue, event);
            case Ended ended -> Decision.unchanged(ended);
        };
    }

    private static Decision whileRunning(Running running, AttemptEvent event) {
        return switch (event) {
            case ClaimDue() ->
                running.claimed() ? Decision.unchanged(running) : Decision.of(new Running(true), new Claim());
            case StopRequested(StopCause cause) -> Decision.of(new Stopping(cause), new StopCode());
            case GracePassed() -> Decision.unchanged(running);
            case CodeReturned(var output) -> Decision.of(new Ended(), new Conclude(new Succeeded(output)));
            case CodeFailed(var failure) -> Decision.of(new Ended(), new Conclude(new Failed(failure)));
            case CodeUnavailable(var failure) -> Decision.of(new Ended(), new Conclude(new Unavailable(failure)));
        };
    }

    private static Decision whileStopping(Stopping stopping, AttemptEvent event) {
        StopCause cause = stopping.cause();
        return switch (event) {
            case ClaimDue() -> Decision.unchanged(stopping);
            case StopRequested(StopCause later) ->
                // Nobody waits for a cancelled attempt any more, whatever it was stopped for before.
                Decision.unchanged(later == StopCause.CANCEL ? new Stopping(later) : stopping);
            case GracePassed() ->
                // While its code may still act, an attempt is never given back: another would act at the same time.
                cause == StopCause.DRAIN
                        ? Decision.unchanged(stopping)
                        : Decision.of(new Overdue(cause), new Conclude(verdictOf(cause)));
            case CodeReturned(var output) ->
                Decision.of(
                        new Ended(), new Conclude(cause == StopCause.DRAIN ? new Succeeded(output) : verdictOf(cause)));
            case CodeFailed _, CodeUnavailable _ -> Decision.of(new Ended(), new Conclude(verdictOf(cause)));
        };
    }

    private static Decision whileOverdue(Overdue overdue, AttemptEvent event) {
        return switch (event) {
            case CodeReturned _, CodeFailed _, CodeUnavailable _ -> Decision.unchanged(new Ended());
            case ClaimDue _, StopRequested _, GracePassed _ -> Decision.unchanged(overdue);
        };
    }

    private static Verdict verdictOf(StopCause cause) {
        return switch (cause) {
            case TIMEOUT -> new TimedOut();
            case CANCEL -> new Dropped();
            case DRAIN -> new Released(ReleaseReason.DRAIN);
        };
    }
}
