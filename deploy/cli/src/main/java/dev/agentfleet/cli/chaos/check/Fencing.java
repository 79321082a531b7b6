package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.util.Optional;

/** An outcome speaks of the last attempt, and comes from whoever owned it: its first claimant, else its first reporter. */
final class Fencing implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        runs.all().stream()
                .flatMap(run -> run.tasks().values().stream())
                .forEach(task -> task.outcomes().forEach(outcome -> look(task, outcome.message(), findings)));
    }

    private static void look(TaskHistory task, TaskOutcome outcome, Findings findings) {
        int last = task.assignments().stream()
                .map(Logged::message)
                .filter(assignment -> assignment.revision() <= outcome.revision())
                .mapToInt(assignment -> assignment.attempt())
                .max()
                .orElse(0);
        findings.require(
                Invariant.I3,
                last <= outcome.attempts(),
                () -> "task " + task + ": its outcome " + outcome.status() + " names attempt " + outcome.attempts()
                        + " although attempt " + last + " was dispatched");
        if (outcome.status() == TaskStatus.SUCCEEDED) {
            success(task, outcome, findings);
        }
    }

    private static void success(TaskHistory task, TaskOutcome outcome, Findings findings) {
        Optional<Logged<AttemptSucceeded>> source = task.reports(outcome.attempts(), AttemptSucceeded.class)
                .filter(report -> says(outcome, report.message()))
                .findFirst();
        Optional<AttemptSucceeded> stale = task.reports().stream()
                .map(Logged::message)
                .filter(AttemptSucceeded.class::isInstance)
                .map(AttemptSucceeded.class::cast)
                .filter(report -> report.attempt() < outcome.attempts() && says(outcome, report))
                .findFirst();
        findings.require(
                Invariant.I3,
                source.isPresent() || stale.isEmpty(),
                () -> "task " + task + ": its outcome took the result of attempt "
                        + stale.map(AttemptReport::attempt).orElse(0) + " by " + outcome.workerId()
                        + " although attempt " + outcome.attempts() + " was dispatched");
        findings.require(
                Invariant.I8,
                source.isPresent() || stale.isPresent(),
                () -> "task " + task + ": SUCCEEDED by " + outcome.workerId() + " in attempt " + outcome.attempts()
                        + ", which nobody reported");
        Optional<Logged<AttemptClaimed>> owner = task.reports(outcome.attempts(), AttemptClaimed.class)
                .filter(claim ->
                        source.isPresent() && claim.offset() < source.get().offset())
                .findFirst();
        findings.require(
                Invariant.I3,
                owner.isEmpty() || owner.get().message().workerId().equals(outcome.workerId()),
                () -> "task " + task + ": attempt " + outcome.attempts() + " was claimed first by "
                        + owner.orElseThrow().message().workerId() + " at "
                        + owner.orElseThrow().position()
                        + ", and its outcome took the result of " + outcome.workerId());
    }

    private static boolean says(TaskOutcome outcome, AttemptSucceeded report) {
        return report.workerId().equals(outcome.workerId()) && report.output().equals(outcome.output());
    }
}
