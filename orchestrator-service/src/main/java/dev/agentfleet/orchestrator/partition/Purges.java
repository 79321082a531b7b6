package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Purge;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Deletes the state of finished runs that are no longer kept, in slices, one run after the other in turn. */
final class Purges {

    /** So many entries are deleted in one step in which there is nothing else to do. */
    private static final int MOST_ENTRIES = 1_000;

    private static final int FEW_ENTRIES = 50;
    /** What it costs to see that nothing is there, in entries. */
    private static final int SEEK = 5;
    /** While so many runs wait to be deleted no more are marked. */
    private static final int MOST_OPEN = 1_000;

    private final RunStore store;
    private final RunTable runs;
    private final EndedRuns ended;
    private final Deque<RunId> open = new ArrayDeque<>();

    Purges(RunStore store, RunTable runs, RunRetention retention) {
        this.store = store;
        this.runs = runs;
        this.ended = new EndedRuns(store, retention);
    }

    void restore() {
        ended.restore();
        open.clear();
        store.forEachPurging(open::add);
    }

    /** The run's mark is set. */
    void add(RunId id) {
        open.add(id);
    }

    /** The run has completed: its time begins. */
    void ended(Run run) {
        ended.add(run);
    }

    boolean isEmpty() {
        return open.isEmpty() && !ended.isLooking();
    }

    /** Whether a finished run will be due some time. */
    boolean awaitsTime() {
        return ended.awaitsTime();
    }

    void onTick(Instant now) {
        ended.onTick(now);
    }

    /** @param busy whether the step has done other work too, which goes first */
    void work(Transitions transitions, boolean busy, Instant now) {
        if (open.size() < MOST_OPEN) {
            ended.look(now, id -> transitions.run(id, "", new RunEvent.RetentionPassed(), now));
        }
        int room = busy ? FEW_ENTRIES : MOST_ENTRIES;
        while (room > 0 && !open.isEmpty()) {
            RunId id = open.remove();
            room -= slice(id, transitions, room, now);
            Run run = runs.get(id);
            if (run != null && run.purge() != null) {
                open.add(id);
            }
        }
    }

    private int slice(RunId id, Transitions transitions, int most, Instant now) {
        Run run = runs.get(id);
        Purge left = run == null ? null : run.purge();
        int cost = 0;
        while (run != null && left != null && cost < most) {
            Swept swept = delete(run, left, most - cost);
            cost += SEEK + swept.entries();
            left = swept.done() ? left.following() : left.to(swept.next());
        }
        transitions.run(id, "", new RunEvent.PurgeSwept(left), now);
        return Math.max(1, cost);
    }

    private Swept delete(Run run, Purge left, int most) {
        if (left.part() != Purge.Part.TASKS) {
            return store.delete(run.id(), left.part(), left.from(), most);
        }
        int end = Math.min(left.from() + most, run.intake().tasks());
        store.deleteTasks(run.id(), left.from(), end);
        return new Swept(end - left.from(), end, end == run.intake().tasks());
    }
}
