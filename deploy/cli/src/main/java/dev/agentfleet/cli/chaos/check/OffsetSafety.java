package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskStatus;
import java.util.Map;

/** An assignment below its partition's committed offset was spoken of by a worker, or its run was stopped. */
final class OffsetSafety implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        Map<Integer, Long> committed = history.aftermath().committed();
        runs.all().stream()
                .flatMap(run -> run.tasks().values().stream())
                .forEach(task -> task.assignments().stream()
                        .filter(assignment -> assignment.offset()
                                < committed.getOrDefault(assignment.position().partition(), 0L))
                        .forEach(assignment -> findings.require(
                                Invariant.I5,
                                isSettled(task, assignment),
                                () -> "task " + task + ": attempt "
                                        + assignment.message().attempt() + " at " + assignment.position()
                                        + " lies below the committed offset "
                                        + committed.get(assignment.position().partition())
                                        + ", and no worker claimed, reported or gave it back")));
    }

    private static boolean isSettled(TaskHistory task, Logged<TaskAssignment> assignment) {
        return task.reports().stream()
                        .anyMatch(report -> report.message().attempt()
                                == assignment.message().attempt())
                || task.outcomes().stream()
                        .anyMatch(outcome -> outcome.message().status() == TaskStatus.CANCELLED
                                || outcome.message().status() == TaskStatus.SKIPPED);
    }
}
