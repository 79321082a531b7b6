package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.RunDecision.Applied;
import dev.agentfleet.orchestrator.run.RunDecision.Ignored;
import dev.agentfleet.orchestrator.run.RunDecision.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what an event means for a run. Pure: the same arguments always give the same decision. */
public final class RunMachine {

    private static final int MOST_EARLY_CHUNKS = 1_000;

    private final AdmissionRules rules;

    public RunMachine(AdmissionRules rules) {
        this.rules = rules;
    }

    public RunDecision decide(@Nullable Run run, RunEvent event, Instant now) {
        return switch (event) {
            case RunEvent.Submitted submitted ->
                run == null ? admit(submitted, now) : submittedAgain(run, submitted.contentHash());
            case RunEvent.CancelReceived cancel -> run == null ? remember(cancel) : cancel(run, cancel, now);
            case RunEvent.Appended chunk -> run == null ? unknown() : append(run, chunk, now);
            case RunEvent.SealReceived seal -> run == null ? unknown() : seal(run, seal.request(), now);
            case RunEvent.TaskMoved moved ->
                run == null ? new Ignored(IgnoreReason.UNKNOWN_TASK) : taskMoved(run, moved, now);
            case RunEvent.RedriveReceived redrive -> run == null ? unknown() : redrive(run, redrive.request(), now);
            case RunEvent.RedriveWalked walked -> redriveWalked(run, walked, now);
            case RunEvent.StartReached s ->
                run == null || run.phase() != RunPhase.HELD
                        ? new Ignored(IgnoreReason.NOT_APPLICABLE)
                        : new Applied(run.started(), run.isRedriving() ? List.of(new RunEffect.Reopen()) : List.of());
            case RunEvent.DeadlinePassed d ->
                run == null
                        ? new Ignored(IgnoreReason.NOT_APPLICABLE)
                        : stopped(
                                run,
                                Stop.Cause.DEADLINE,
                                "the deadline of " + run.spec().options().deadline() + " passed",
                                now);
            case RunEvent.SealOverdue o ->
                run == null || run.intake().sealed()
                        ? new Ignored(IgnoreReason.NOT_APPLICABLE)
                        : stopped(
                                run,
                                Stop.Cause.NOT_SEALED,
                                "no AppendTasks or SealRun came for " + Intake.PATIENCE,
                                now);
            case RunEvent.RetentionPassed r ->
                run == null || run.phase() != RunPhase.COMPLETED
                        ? new Ignored(IgnoreReason.NOT_APPLICABLE)
                        : new Applied(run.with(Purge.BEGUN), List.of(new RunEffect.Purge()));
            case RunEvent.PurgeSwept(@Nullable Purge left) ->
                run == null || run.phase() != RunPhase.PURGING
                        ? new Ignored(IgnoreReason.NOT_APPLICABLE)
                        : left == null
                                ? new Applied(null, List.of(new RunEffect.Forget()))
                                : new Applied(run.with(left), List.of());
        };
    }

    private RunDecision admit(RunEvent.Submitted event, Instant now) {
        SubmitRun request = event.request();
        Optional<String> objection = rules.objection(request.taskList(), 0, request.agent(), request.pool());
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        RunSpec spec = new RunSpec(
                Objects.requireNonNull(request.runId()),
                event.contentHash(),
                request.agent(),
                request.pool(),
                RunOptions.orDefaults(request.options()),
                now);
        Intake intake = Intake.of(request.taskList().size(), !request.moreFollow(), now);
        Instant heldUntil = spec.startAt().isAfter(now) ? spec.startAt() : null;
        Run run = new Run(spec, null, intake, Progress.NONE, heldUntil, List.of(), null, null, null);
        List<RunEffect> effects = new ArrayList<>();
        if (!request.taskList().isEmpty()) {
            effects.add(new RunEffect.AddTasks(0, request.taskList()));
        }
        return event.cancelled() == null
                ? new Applied(run, effects)
                : settled(run.with(new Stop(Stop.Cause.CANCEL, event.cancelled(), intake.sealed(), 0)), effects, now);
    }

    private static RunDecision submittedAgain(Run run, String hash) {
        return run.spec().contentHash().equals(hash)
                ? new Ignored(IgnoreReason.DUPLICATE)
                : new Rejected("runId: '" + run.id() + "' must be new: it names a run with other content");
    }

    private static RunDecision remember(RunEvent.CancelReceived cancel) {
        return new Applied(null, List.of(new RunEffect.RememberCancel(cancel.reason())));
    }

    private static RunDecision unknown() {
        return new Rejected("runId: no run of this name was submitted");
    }

    private static RunDecision cancel(Run run, RunEvent.CancelReceived cancel, Instant now) {
        return stopped(run, Stop.Cause.CANCEL, cancel.reason(), now);
    }

    private static RunDecision stopped(Run run, Stop.Cause cause, String reason, Instant now) {
        if (run.stop() != null || run.completedAt() != null) {
            return new Ignored(IgnoreReason.NOT_APPLICABLE);
        }
        Run next = run.with(new Stop(cause, reason, run.intake().sealed(), 0));
        return settled(next, List.of(new RunEffect.StopWorkers(reason)), now);
    }

    private RunDecision append(Run run, RunEvent.Appended event, Instant now) {
        AppendTasks chunk = event.request();
        Intake intake = run.intake();
        if (event.knownHash() != null && !event.knownHash().equals(event.hash())) {
            return new Rejected("chunk: '" + chunk.chunk() + "' was received before with other content");
        }
        boolean early = chunk.chunk() > intake.chunks() + 1;
        if (chunk.chunk() <= intake.chunks() || (early && event.knownHash() != null)) {
            return new Ignored(IgnoreReason.DUPLICATE);
        }
        if (run.stop() != null) {
            return new Ignored(IgnoreReason.NOT_APPLICABLE);
        }
        if (intake.sealed()) {
            return new Rejected("chunk: '" + chunk.chunk() + "' came after the run was complete in size");
        }
        Optional<String> objection = rules.objection(
                chunk.tasks(), intake.tasks(), run.spec().agent(), run.spec().pool());
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        if (early) {
            return intake.early() >= MOST_EARLY_CHUNKS
                    ? new Rejected("chunk: '" + chunk.chunk() + "' is too far ahead: " + (intake.chunks() + 1)
                            + " is missing and " + MOST_EARLY_CHUNKS + " are kept")
                    : new Applied(
                            run.with(intake.withEarlyChunk(now)), List.of(new RunEffect.KeepChunk(chunk.chunk())));
        }
        Run next = run.with(intake.withChunk(chunk.tasks().size(), event.digest(), event.knownHash() != null, now));
        return sealedIfDue(next, List.of(new RunEffect.AddTasks(intake.tasks(), chunk.tasks())), now);
    }

    private static RunDecision seal(Run run, SealRun seal, Instant now) {
        Intake intake = run.intake();
        if (run.stop() != null || intake.sealed()) {
            return new Ignored(IgnoreReason.NOT_APPLICABLE);
        }
        if (intake.seal() != null) {
            return intake.seal().equals(seal)
                    ? new Ignored(IgnoreReason.DUPLICATE)
                    : new Rejected("chunks: '" + seal.chunks() + "': another seal was received before");
        }
        return sealedIfDue(run.with(intake.withSeal(seal, now)), List.of(), now);
    }

    private static RunDecision sealedIfDue(Run run, List<RunEffect> effects, Instant now) {
        Intake intake = run.intake();
        if (!intake.sealIsDue()) {
            return new Applied(run, effects);
        }
        if (intake.sealFits()) {
            return settled(run.with(intake.close()), effects, now);
        }
        SealRun seal = Objects.requireNonNull(intake.seal());
        String reason = "the seal says " + seal.chunks() + " chunks, " + seal.tasks() + " tasks; received are "
                + (intake.chunks() + intake.early()) + " chunks, " + intake.tasks() + " tasks"
                + (seal.digest() == null || seal.digest().equals(intake.digest()) ? "" : " and another digest");
        Run next = run.with(new Stop(Stop.Cause.SEAL_MISMATCH, reason, false, 0));
        List<RunEffect> all = new ArrayList<>(effects);
        all.add(new RunEffect.StopWorkers(reason));
        return settled(next, all, now);
    }

    private static RunDecision redrive(Run run, RedriveTasks request, Instant now) {
        int next = run.revision() + 1;
        int revision = request.revision() == null ? next : request.revision();
        RedriveTasks named = request.forRevision(revision);
        Redrive last = run.redrive();
        if (run.phase() == RunPhase.PURGING) {
            return new Rejected("runId: '" + run.id() + "' is purged: finished runs are kept for a time only");
        }
        if (last != null && revision == last.revision()) {
            return last.request().equals(named)
                    ? new Ignored(IgnoreReason.DUPLICATE)
                    : new Rejected("revision: '" + last.revision() + "' was opened before by another request");
        }
        Optional<Objection> objection = Redrive.objection(run, revision);
        if (objection.isPresent()) {
            return new Rejected(objection.get().explanation());
        }
        Run open = run.redriven(Redrive.opened(named, now), now);
        return new Applied(open, open.phase() == RunPhase.HELD ? List.of() : List.of(new RunEffect.Reopen()));
    }

    private static RunDecision redriveWalked(@Nullable Run run, RunEvent.RedriveWalked walked, Instant now) {
        if (run == null || run.redrive() == null || !run.isRedriving() || run.phase() == RunPhase.HELD) {
            return new Ignored(IgnoreReason.NOT_APPLICABLE);
        }
        Run next = run.with(run.redrive().walkedTo(walked.cursor(), walked.taken()))
                .with(run.progress().withFailed(walked.left()));
        Redrive redrive = Objects.requireNonNull(next.redrive());
        boolean ended = walked.cursor() >= run.intake().tasks()
                || (redrive.isFull() && !next.progress().lacksFailures());
        return settled(ended ? next.with(redrive.ended()) : next, List.of(), now);
    }

    private static RunDecision taskMoved(Run run, RunEvent.TaskMoved moved, Instant now) {
        if (run.completedAt() != null) {
            return new Ignored(IgnoreReason.NOT_APPLICABLE);
        }
        Run next = run.with(run.progress().moved(moved.index(), moved.before(), moved.after(), moved.ended()));
        if (moved.after() instanceof TaskState.Settled settled
                && settled.outcome().status() != TaskStatus.SUCCEEDED
                && run.stop() == null
                && run.spec().options().failurePolicy() == FailurePolicy.FAIL_FAST) {
            String reason = "task " + settled.outcome().taskId() + " ended "
                    + settled.outcome().status();
            return settled(
                    next.with(
                            new Stop(Stop.Cause.FAIL_FAST, reason, run.intake().sealed(), 0)),
                    List.of(new RunEffect.StopWorkers(reason)),
                    now);
        }
        return settled(next, List.of(), now);
    }

    /** Completes the run when this was the last thing it waited for. */
    private static RunDecision settled(Run run, List<RunEffect> effects, Instant now) {
        if (run.completedAt() != null || !run.isDone()) {
            return new Applied(run, effects);
        }
        List<RunEffect> all = new ArrayList<>(effects);
        all.add(new RunEffect.Complete());
        return new Applied(run.completed(now), all);
    }
}
