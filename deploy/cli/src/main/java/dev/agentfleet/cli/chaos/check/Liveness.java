package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.contract.TaskAssignment;

/** Once the faults were mended, everything ended, nothing waits, and everyone is there. */
final class Liveness implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        Aftermath end = history.aftermath();
        runs.all()
                .forEach(run -> findings.require(
                        Invariant.I7,
                        !end.unended().contains(run.id()),
                        () -> "run " + run + ": had not ended in time"));
        end.unended().stream()
                .filter(run -> runs.all().stream().noneMatch(known -> known.id().equals(run)))
                .forEach(run -> findings.require(
                        Invariant.I7, false, () -> "run " + run + ", which poison began: had not ended in time"));
        for (Logged<TaskAssignment> assignment : history.records().assignments()) {
            long committed = end.committed().getOrDefault(assignment.position().partition(), 0L);
            findings.require(
                    Invariant.I7,
                    assignment.offset() < committed,
                    () -> "task " + assignment.message().taskId() + ": attempt "
                            + assignment.message().attempt() + " at " + assignment.position()
                            + " still lies at or above the committed offset " + committed);
        }
        findings.require(
                Invariant.I7,
                end.unowned().isEmpty(),
                () -> "partitions " + end.unowned() + " of the tasks topic have no worker");
        findings.require(
                Invariant.I7,
                end.groupState().equalsIgnoreCase("stable"),
                () -> "the workers' group is " + end.groupState() + ", not stable");
        findings.require(Invariant.I7, end.deaths().isEmpty(), () -> "ended by themselves: " + end.deaths());
    }
}
