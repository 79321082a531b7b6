package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskPage;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that stand for a run's others: the first in each state, so that none hides behind many in another.
 *
 * @param unfinished in the states without an outcome
 * @param failed in those that did not succeed
 */
record ShownTasks(List<TaskView> unfinished, List<TaskView> failed) {

    private static final int MOST_PER_STATE = 10;

    /** States whose tasks the run counts together. */
    private record Group(int tasks, Set<TaskState> states) {

        Stream<TaskState> wanted(List<TaskView> found) {
            long known =
                    found.stream().filter(task -> states.contains(task.state())).count();
            return known >= tasks ? Stream.of() : states.stream().filter(state -> hasRoom(found, state));
        }
    }

    static ShownTasks of(FleetApi api, RunView run) throws InterruptedException {
        var counts = run.counts();
        var unfinished = List.of(
                new Group(run.inFlight(), EnumSet.of(TaskState.RUNNING, TaskState.DISPATCHED)),
                new Group(run.backingOff(), EnumSet.of(TaskState.BACKING_OFF)),
                new Group(run.waiting(), EnumSet.of(TaskState.WAITING)));
        var failed = List.of(
                new Group(counts.failed(), EnumSet.of(TaskState.FAILED)),
                new Group(counts.timedOut(), EnumSet.of(TaskState.TIMED_OUT)),
                new Group(counts.cancelled(), EnumSet.of(TaskState.CANCELLED)),
                new Group(counts.skipped(), EnumSet.of(TaskState.SKIPPED)));
        return new ShownTasks(first(api, run, unfinished), first(api, run, failed));
    }

    /** Asks for no more than is still looked for. */
    private static List<TaskView> first(FleetApi api, RunView run, List<Group> groups) throws InterruptedException {
        var found = new ArrayList<TaskView>();
        Set<TaskState> wanted = wanted(groups, found);
        @Nullable Integer after = -1;
        while (after != null && !wanted.isEmpty()) {
            TaskPage page = api.tasks(run.runId(), wanted, after, MOST_PER_STATE);
            page.items().stream().filter(task -> hasRoom(found, task.state())).forEachOrdered(found::add);
            wanted = wanted(groups, found);
            after = page.next();
        }
        return found;
    }

    private static Set<TaskState> wanted(List<Group> groups, List<TaskView> found) {
        return groups.stream().flatMap(group -> group.wanted(found)).collect(Collectors.toSet());
    }

    private static boolean hasRoom(List<TaskView> found, TaskState state) {
        return found.stream().filter(task -> task.state() == state).count() < MOST_PER_STATE;
    }
}
