package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.DispatchSlice;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.Stop;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The work that grows with a run, done in slices: the outcomes of a stopped run, and its overdue first dispatches. */
final class Slices {

    private final RunStore store;
    private final RunTable runs;
    private final Deque<RunId> stopping = new ArrayDeque<>();
    private final Deque<RunId> overdue = new ArrayDeque<>();

    Slices(RunStore store, RunTable runs) {
        this.store = store;
        this.runs = runs;
    }

    void clear() {
        stopping.clear();
        overdue.clear();
    }

    void stop(RunId id) {
        stopping.add(id);
    }

    void checkQueue(RunId id) {
        if (!overdue.contains(id)) {
            overdue.add(id);
        }
    }

    boolean isEmpty() {
        return stopping.isEmpty() && overdue.isEmpty();
    }

    /** Looks at no more than so many tasks; returns at how many it looked. */
    int work(Transitions transitions, int most, Instant now) {
        int looked = 0;
        if (!overdue.isEmpty()) {
            looked = check(overdue.remove(), transitions, stopping.isEmpty() ? most : most / 2, now);
        }
        if (!stopping.isEmpty()) {
            RunId id = stopping.remove();
            looked += sweep(id, transitions, most - looked, now);
            Run run = runs.get(id);
            if (run != null && run.stop() != null && run.completedAt() == null) {
                stopping.add(id);
            }
        }
        return looked;
    }

    private int sweep(RunId id, Transitions transitions, int most, Instant now) {
        Run run = runs.get(id);
        if (run == null || run.stop() == null || run.completedAt() != null) {
            return 0;
        }
        Stop stop = run.stop();
        int end = Math.min(stop.sweptTo() + most, run.intake().tasks());
        for (int index = stop.sweptTo(); index < end; index++) {
            boolean settled = index < run.progress().cursor() && store.task(id, index) instanceof TaskState.Settled;
            if (!settled) {
                transitions.task(id, index, new TaskEvent.Stopped(stop.cause()), now);
            }
        }
        Run swept = runs.get(id);
        if (swept != null && swept.stop() != null) {
            runs.put(swept.sweptTo(end));
        }
        return Math.max(1, end - stop.sweptTo());
    }

    private int check(RunId id, Transitions transitions, int most, Instant now) {
        DispatchSlice slice = dueSlice(id, now);
        if (slice == null) {
            return 1;
        }
        int end = Math.min(slice.from() + most, slice.to());
        for (int index = slice.from(); index < end; index++) {
            if (store.task(id, index) instanceof TaskState.Dispatched dispatched && dispatched.attempt() == 1) {
                transitions.task(id, index, new TaskEvent.QueueExpired(1), now);
            }
        }
        Run run = runs.get(id);
        if (run != null && !run.slices().isEmpty()) {
            runs.put(run.checkedTo(end));
        }
        if (dueSlice(id, now) != null) {
            overdue.add(id);
        }
        return Math.max(1, end - slice.from());
    }

    private @Nullable DispatchSlice dueSlice(RunId id, Instant now) {
        Run run = runs.get(id);
        Instant due = run == null ? null : run.sliceDueAt();
        return run == null || due == null || due.isAfter(now)
                ? null
                : run.slices().getFirst();
    }
}
