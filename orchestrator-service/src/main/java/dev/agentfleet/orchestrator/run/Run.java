package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run without its tasks: small whatever the run's size.
 *
 * @param heldUntil set until tasks may be dispatched
 * @param redrive how its present revision was opened; null in the first
 * @param slices which first dispatches still wait for their queue timer, oldest first
 * @param stop set once the run ends early
 * @param completedAt set once the run is complete
 * @param purge set once it is no longer kept
 */
public record Run(
        RunSpec spec,
        @Nullable Redrive redrive,
        Intake intake,
        Progress progress,
        @Nullable Instant heldUntil,
        List<DispatchSlice> slices,
        @Nullable Stop stop,
        @Nullable Instant completedAt,
        @Nullable Purge purge) {

    /** Redriving a run opens the next one. */
    public static final int FIRST_REVISION = 1;

    /** A dispatch of which nothing is heard for so long is dispatched again, where no queue timeout ends it. */
    public static final Duration DISPATCH_BACKSTOP = Duration.ofHours(1);

    /** A task that was started in time is heard of, as claim or result, so much later at the latest. */
    public static final Duration NEWS_TRAVELS = Duration.ofSeconds(15);

    public RunId id() {
        return spec.id();
    }

    /** Counts from 1; every redrive opens the next. */
    public int revision() {
        return redrive == null ? FIRST_REVISION : redrive.revision();
    }

    /** When what has no outcome yet is TIMED_OUT. */
    public Instant deadlineAt() {
        return redrive == null
                ? spec.deadlineAt()
                : redrive.openedAt().plus(Objects.requireNonNull(spec.options().deadline()));
    }

    /** Whether tasks are still to be looked at for its revision: to be taken up, or to know which ones did not succeed. */
    public boolean isRedriving() {
        return redrive != null
                && !redrive.walked()
                && completedAt == null
                && (stop == null || progress.lacksFailures());
    }

    public RunPhase phase() {
        if (purge != null) {
            return RunPhase.PURGING;
        }
        if (completedAt != null) {
            return RunPhase.COMPLETED;
        }
        if (stop != null) {
            return RunPhase.STOPPING;
        }
        if (heldUntil != null) {
            return RunPhase.HELD;
        }
        return intake.sealed() ? RunPhase.RUNNING : RunPhase.COLLECTING;
    }

    /** Tasks that were never dispatched. */
    public int waiting() {
        return intake.tasks() - progress.cursor();
    }

    /** Whether it may have one more task in flight. */
    public boolean hasRoom() {
        Integer most = spec.options().concurrency();
        return stop == null
                && completedAt == null
                && heldUntil == null
                && (most == null || progress.inFlightTotal() < most);
    }

    /** What a task's decisions depend on. */
    public TaskFacts facts(int index, TaskSpec task) {
        String agent = task.agent() != null ? task.agent() : Objects.requireNonNull(spec.agent());
        return new TaskFacts(new TaskId(id(), index), revision(), agent, spec.options());
    }

    /** How long one attempt of the task may take. */
    public Duration timeoutOf(TaskSpec task) {
        return task.timeout() != null
                ? task.timeout()
                : Objects.requireNonNull(spec.options().timeout());
    }

    /** How long a dispatch may go unheard. */
    public Duration queueLimit() {
        Duration timeout = spec.options().queueTimeout();
        return timeout != null ? timeout : DISPATCH_BACKSTOP;
    }

    /** When the oldest slice's queue timer is due. */
    public @Nullable Instant sliceDueAt() {
        return slices.isEmpty()
                ? null
                : slices.getFirst().until().plus(queueLimit()).plus(NEWS_TRAVELS);
    }

    /** The next time at which something is due for the run as a whole; null once it needs no time. */
    public @Nullable Instant nextAlarm() {
        if (completedAt != null || stop != null) {
            return null;
        }
        Instant next = heldUntil != null ? heldUntil : deadlineAt();
        Instant slice = sliceDueAt();
        if (slice != null && slice.isBefore(next)) {
            next = slice;
        }
        return !intake.sealed() && intake.overdueAt().isBefore(next) ? intake.overdueAt() : next;
    }

    public RunStatus status() {
        if (completedAt == null) {
            return RunStatus.RUNNING;
        }
        boolean allSucceeded = progress.counts().succeeded() == intake.tasks();
        if (stop == null) {
            return allSucceeded ? RunStatus.SUCCEEDED : RunStatus.FAILED;
        }
        // The end came too late to matter, unless tasks were still to come.
        return allSucceeded && stop.complete()
                ? RunStatus.SUCCEEDED
                : stop.cause().runStatus();
    }

    boolean isDone() {
        return (intake.sealed() || stop != null)
                && !isRedriving()
                && progress.counts().total() == intake.tasks();
    }

    Run with(Intake next) {
        return new Run(spec, redrive, next, progress, heldUntil, slices, stop, completedAt, purge);
    }

    Run with(Progress next) {
        return new Run(spec, redrive, intake, next, heldUntil, slices, stop, completedAt, purge);
    }

    /** Opens its next revision, held until the redrive begins. */
    Run redriven(Redrive next, Instant now) {
        Instant held = next.openedAt().isAfter(now) ? next.openedAt() : null;
        return new Run(spec, next, intake, progress.withoutFailed(), held, slices, null, null, null);
    }

    /** Notes how far its tasks were looked through. */
    Run with(Redrive next) {
        return new Run(spec, next, intake, progress, heldUntil, slices, stop, completedAt, purge);
    }

    /** Marks that it is no longer kept; or notes how much of it is deleted. */
    Run with(Purge next) {
        return new Run(spec, redrive, intake, progress, heldUntil, slices, stop, completedAt, next);
    }

    /** Lets its tasks go. */
    Run started() {
        return new Run(spec, redrive, intake, progress, null, slices, stop, completedAt, purge);
    }

    /** Marks the early end: nothing more is taken in or dispatched from here on. */
    Run with(Stop next) {
        return new Run(spec, redrive, intake.close(), progress, null, List.of(), next, completedAt, purge);
    }

    /** The same with the trace context its spans belong to. */
    public Run traced(String trace) {
        return new Run(spec.traced(trace), redrive, intake, progress, heldUntil, slices, stop, completedAt, purge);
    }

    /** The same as long as its completion is not certain. */
    public Run reopened() {
        return new Run(spec, redrive, intake, progress, heldUntil, slices, stop, null, purge);
    }

    Run completed(Instant at) {
        return new Run(spec, redrive, intake, progress, heldUntil, List.of(), stop, at, purge);
    }

    /** Every task below the index has its outcome. */
    public Run sweptTo(int index) {
        return new Run(
                spec,
                redrive,
                intake,
                progress,
                heldUntil,
                slices,
                Objects.requireNonNull(stop).swept(index),
                completedAt,
                purge);
    }

    /** Notes a first dispatch for the queue timer. */
    public Run dispatched(int index, Instant now) {
        List<DispatchSlice> next = new ArrayList<>(slices);
        if (!next.isEmpty() && next.getLast().takes(index, now)) {
            next.set(next.size() - 1, next.getLast().with(index));
        } else {
            next.add(DispatchSlice.startingAt(index, queueLimit(), now));
        }
        return new Run(spec, redrive, intake, progress, heldUntil, next, stop, completedAt, purge);
    }

    /** The oldest slice has been looked through up to the index. */
    public Run checkedTo(int index) {
        List<DispatchSlice> next = new ArrayList<>(slices);
        DispatchSlice first = next.removeFirst();
        if (index < first.to()) {
            next.addFirst(first.startingFrom(index));
        }
        return new Run(spec, redrive, intake, progress, heldUntil, next, stop, completedAt, purge);
    }
}
