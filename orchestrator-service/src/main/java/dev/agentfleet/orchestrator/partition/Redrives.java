package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.Redrive;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Takes up the tasks of redriven runs, in slices and no faster than their requests say. Where no more is to be taken up, it
 * goes on looking as long as the run does not know the first tasks that did not succeed.
 */
final class Redrives {

    /** So many tasks may wait to be dispatched: the walk goes on as they are. */
    private static final int MOST_AHEAD = 1_000;

    private final RunStore store;
    private final RunTable runs;
    private final Deque<RunId> open = new ArrayDeque<>();

    Redrives(RunStore store, RunTable runs) {
        this.store = store;
        this.runs = runs;
    }

    void clear() {
        open.clear();
    }

    void add(RunId id) {
        if (!open.contains(id)) {
            open.add(id);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Looks at no more than so many tasks of one run; returns at how many it looked. */
    int work(Transitions transitions, int most, Instant now) {
        RunId id = open.poll();
        Run run = id == null ? null : runs.get(id);
        if (id == null || run == null || run.redrive() == null || !run.isRedriving()) {
            return 0;
        }
        int looked = walk(run, run.redrive(), transitions, most, now);
        Run after = runs.get(id);
        if (after != null && after.isRedriving()) {
            open.add(id);
        }
        return looked;
    }

    private int walk(Run run, Redrive redrive, Transitions transitions, int most, Instant now) {
        boolean takes = run.stop() == null && !redrive.isFull();
        int room =
                takes ? Math.min(redrive.room(now), MOST_AHEAD - run.progress().backingOff()) : 0;
        int end = Math.min(redrive.cursor() + most, run.intake().tasks());
        int index = redrive.cursor();
        int taken = 0;
        List<Integer> left = new ArrayList<>();
        while (index < end && (!takes || taken < room)) {
            if (store.task(run.id(), index) instanceof TaskState.Settled settled) {
                TaskOutcome outcome = settled.outcome();
                if (takes && redrive.request().takes(outcome)) {
                    transitions.task(run.id(), index, new TaskEvent.Redrive(), now);
                    taken++;
                } else if (outcome.status() != TaskStatus.SUCCEEDED && left.size() < RunCompleted.MAX_FAILURES) {
                    left.add(index);
                }
            }
            index++;
        }
        if (index > redrive.cursor()) {
            transitions.run(run.id(), "RedriveTasks", new RunEvent.RedriveWalked(index, taken, left), now);
        }
        return index - redrive.cursor();
    }
}
