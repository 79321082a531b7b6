package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskFailure;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.run.AttemptEnd;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEffect;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.RunMachine;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEffect;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskFacts;
import dev.agentfleet.orchestrator.run.TaskMachine;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the machines, stores their answer and carries out its effects. */
final class Transitions {

    private final RunMachine machine;
    private final RunStore store;
    private final RunTable runs;
    private final TaskSpecs specs;
    private final Timers timers;
    private final Outbox outbox;
    private final Placing placing;
    private final TransitionListener listener;
    private final DecisionObserver observer;

    Transitions(Parts parts, RunTable runs, TaskSpecs specs, Timers timers, TransitionListener listener) {
        this.machine = new RunMachine(parts.rules());
        this.store = parts.store();
        this.outbox = parts.outbox();
        this.placing = parts.placing();
        this.observer = parts.observer();
        this.runs = runs;
        this.specs = specs;
        this.timers = timers;
        this.listener = listener;
    }

    /** Applies the event to one task and, with it, to its run. */
    void task(RunId id, int index, TaskEvent event, Instant now) {
        Run run = runs.get(id);
        if (run == null || run.purge() != null || index >= run.intake().tasks()) {
            var unknown = new TaskDecision.Ignored(IgnoreReason.UNKNOWN_TASK, List.of());
            observer.task(TaskState.WAITING, event, unknown, now);
            return;
        }
        TaskState before = index >= run.progress().cursor() ? TaskState.WAITING : store.task(id, index);
        TaskSpec spec = specs.get(id, index);
        TaskFacts facts = run.facts(index, spec);
        TaskDecision decision = TaskMachine.decide(facts, before, event, now);
        observer.task(before, event, decision, now);
        switch (decision) {
            case TaskDecision.Ignored ignored -> carryOut(ignored.effects(), run, spec, facts, before, now);
            case TaskDecision.Applied applied -> {
                store.put(id, index, applied.next());
                movePlace(facts.id(), before, event, applied.next());
                carryOut(applied.effects(), run, spec, facts, applied.next(), now);
                if (applied.next() instanceof TaskState.Dispatched sent) {
                    watchQueue(run, facts.id(), before, sent, now);
                }
                AttemptEnd ended = AttemptEnd.of(before, event, applied, now);
                run(id, "", new RunEvent.TaskMoved(index, before, applied.next(), ended), now);
                listener.moved(id, before, applied.next());
            }
        }
    }

    private void movePlace(TaskId task, TaskState before, TaskEvent event, TaskState after) {
        String left = before.occupies();
        if (after instanceof TaskState.Running running && !(before instanceof TaskState.Running)) {
            placing.claimed(task, running.pool(), running.workerId());
        } else if (left != null && after.occupies() == null) {
            placing.left(task, left);
            if (event instanceof TaskEvent.Reported(AttemptReleased release)
                    && release.reason() == ReleaseReason.NO_SLOT) {
                placing.refused(left, release.workerId());
            }
        }
    }

    /** A first dispatch shares the timer of its slice; any other has one of its own. */
    private void watchQueue(Run run, TaskId task, TaskState before, TaskState.Dispatched sent, Instant now) {
        if (before instanceof TaskState.Waiting) {
            runs.put(run.dispatched(task.index(), now));
        } else {
            timers.queue(task, sent.attempt(), now.plus(run.queueLimit()).plus(Run.NEWS_TRAVELS));
        }
    }

    /** How long one attempt of the task may take. */
    Duration timeoutOf(Run run, int index) {
        return run.timeoutOf(specs.get(run.id(), index));
    }

    /** Applies the event to a run; {@code request} names the message that brought it, for a rejection. */
    RunDecision run(RunId id, String request, RunEvent event, Instant now) {
        Run before = runs.get(id);
        RunDecision decision = machine.decide(before, event, now);
        observer.run(event, decision);
        switch (decision) {
            case RunDecision.Ignored i -> {
                // Only counted.
            }
            case RunDecision.Rejected rejected -> outbox.publish(new RunRejected(id, request, rejected.reason()), null);
            case RunDecision.Applied(@Nullable Run next, List<RunEffect> effects) -> {
                if (next != null) {
                    if (before == null || (before.completedAt() != null && next.completedAt() == null)) {
                        store.list(next, before == null ? null : before.status());
                    }
                    runs.put(next);
                }
                effects.forEach(effect -> carryOut(effect, id, now));
                if (next != null && !(event instanceof RunEvent.TaskMoved)) {
                    listener.changed(id);
                }
                if (next != null && next.stop() != null && (before == null || before.stop() == null)) {
                    listener.stopping(id);
                }
            }
        }
        return decision;
    }

    private void carryOut(
            List<TaskEffect> effects, Run run, TaskSpec spec, TaskFacts facts, TaskState state, Instant now) {
        for (TaskEffect effect : effects) {
            carryOut(effect, run, spec, facts, state, now);
        }
    }

    private void carryOut(TaskEffect effect, Run run, TaskSpec spec, TaskFacts facts, TaskState state, Instant now) {
        TaskId task = facts.id();
        switch (effect) {
            case TaskEffect.Assign assign -> {
                outbox.assign(
                        assign.pool(),
                        placing.place(task, assign.pool(), facts.agent()),
                        new TaskAssignment(
                                task,
                                assign.attempt(),
                                facts.revision(),
                                facts.agent(),
                                spec.inputOrNull(),
                                run.timeoutOf(spec),
                                now.plus(run.queueLimit()),
                                run.spec().options().budget()),
                        run.spec().trace());
            }
            case TaskEffect.RetryAt retry -> timers.retry(task, state.attempt(), retry.at());
            case TaskEffect.WatchClaim claim -> timers.claim(task, claim.attempt(), now);
            case TaskEffect.StopWorker stop ->
                outbox.tell(new StopAttempt(task, stop.attempt(), stop.workerId(), stop.reason()));
            case TaskEffect.KeepOutcome keep -> store.keepOutcome(keep.outcome());
            case TaskEffect.Publish publish ->
                outbox.publish(publish.outcome(), run.spec().trace());
            case TaskEffect.Bury bury -> bury((TaskState.Settled) state, spec, bury.failure());
        }
    }

    private void bury(TaskState.Settled settled, TaskSpec spec, Failure failure) {
        var outcome = settled.outcome();
        outbox.bury(new DeadLetter(
                outcome.runId(),
                outcome.taskId(),
                outcome.revision(),
                outcome.agent(),
                spec.inputOrNull(),
                outcome.attempts(),
                outcome.status(),
                failure,
                outcome.at()));
    }

    private void carryOut(RunEffect effect, RunId id, Instant now) {
        switch (effect) {
            case RunEffect.AddTasks added -> specs.add(id, added.base(), added.tasks());
            case RunEffect.KeepChunk kept -> {
                // Done by the request's handler, which has the chunk's bytes.
            }
            case RunEffect.RememberCancel cancel -> {
                store.putEarlyCancel(id, cancel.reason());
                timers.earlyCancel(id, now);
            }
            case RunEffect.StopWorkers stop ->
                outbox.tell(
                        new CancelRun(id, Objects.requireNonNull(runs.get(id)).revision(), stop.reason()));
            case RunEffect.Reopen r -> listener.redriving(id);
            case RunEffect.Complete complete -> {
                complete(Objects.requireNonNull(runs.get(id)));
                listener.ended(id);
            }
            case RunEffect.Purge p -> purge(Objects.requireNonNull(runs.get(id)));
            case RunEffect.Forget f -> forget(Objects.requireNonNull(runs.get(id)));
        }
    }

    private void purge(Run run) {
        store.unlist(run);
        if (run.stop() != null || run.redrive() != null) {
            outbox.retractCancel(run.id());
        }
        if (run.spec().options().budget() != null) {
            outbox.tell(new ForgetBudget(run.id()));
        }
        listener.purging(run.id());
    }

    private void forget(Run run) {
        store.delete(run);
        runs.forget(run.id());
        specs.forget(run);
        listener.purged(run);
    }

    private void complete(Run run) {
        store.list(run, RunStatus.RUNNING);
        List<TaskFailure> failures = run.progress().failed().stream()
                .map(index -> store.task(run.id(), index))
                .map(state -> ((TaskState.Settled) state).outcome())
                .map(outcome -> new TaskFailure(outcome.taskId(), outcome.status(), outcome.failure()))
                .toList();
        outbox.publish(
                new RunCompleted(
                        run.id(),
                        run.revision(),
                        run.status(),
                        run.intake().tasks(),
                        run.progress().counts(),
                        run.progress().attempts(),
                        run.progress().cost(),
                        run.progress().workDone(),
                        failures,
                        run.stop() == null ? null : run.stop().failure(),
                        run.spec().admittedAt(),
                        Objects.requireNonNull(run.completedAt())),
                run.spec().trace());
    }
}
