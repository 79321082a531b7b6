package dev.agentfleet.orchestrator.query;

import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tasks of a run in certain phases, by index.
 *
 * @param end every task below it was looked at
 */
record ChosenTasks(SortedMap<Integer, TaskState> states, int end) {

    /** So many are looked at for one answer, few as it may have found: a run may have millions. */
    static final int MOST_LOOKED_AT = 20_000;

    private static final Set<TaskPhase> WAITING = Set.of(TaskPhase.WAITING);

    /** The first ones from the index on. */
    static ChosenTasks of(RunReader reader, Run run, Set<TaskPhase> phases, int from, int limit) {
        SortedMap<Integer, TaskState> states = new TreeMap<>();
        int cursor = run.progress().cursor();
        int start = phases.equals(WAITING) ? Math.max(from, cursor) : from;
        int end = (int) Math.min((long) start + MOST_LOOKED_AT, run.intake().tasks());
        int dispatched = Math.min(cursor, end);
        reader.tasksFrom(run.id(), start, dispatched, (index, state) -> {
            if (phases.contains(TaskPhase.of(state))) {
                states.put(index, state);
            }
            return states.size() < limit;
        });
        if (phases.contains(TaskPhase.WAITING)) {
            for (int index = Math.max(start, dispatched); index < end && states.size() < limit; index++) {
                states.put(index, TaskState.WAITING);
            }
        }
        return new ChosenTasks(states, states.size() < limit ? end : states.lastKey() + 1);
    }
}
