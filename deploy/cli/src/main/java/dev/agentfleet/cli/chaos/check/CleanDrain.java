package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.util.HashMap;
import java.util.Map;

/** A worker that was asked to end exits 0, and of each attempt it owned it said how it ended: none is lost with it. */
final class CleanDrain implements Check {
    /** What a JVM ends with when the signal comes before it could ask for signals. */
    private static final int SIGTERM_EXIT = 143;

    @Override
    public void look(History history, Runs runs, Findings findings) {
        Map<Long, String> ids = new HashMap<>();
        for (Execution execution : history.ledger()) {
            ids.put(execution.pid(), execution.workerId());
        }
        for (Drained drained : history.drained()) {
            findings.require(
                    Invariant.I13,
                    drained.exitCode() == 0 || (drained.starting() && drained.exitCode() == SIGTERM_EXIT),
                    () -> drained.name() + " was asked to end at " + drained.at() + " and ended with exit code "
                            + drained.exitCode());
            String worker = ids.get(drained.pid());
            if (worker != null) {
                runs.all().forEach(run -> claims(run, drained, worker, findings));
            }
        }
    }

    private static void claims(RunHistory run, Drained drained, String worker, Findings findings) {
        if (run.cancel().isPresent()) {
            return;
        }
        for (TaskHistory task : run.tasks().values()) {
            task.reports().stream()
                    .map(report -> report.message())
                    .filter(report -> report instanceof AttemptClaimed
                            && report.workerId().equals(worker)
                            && owns(task, report.attempt(), worker))
                    .forEach(claim -> claim(task, claim, drained, findings));
        }
    }

    private static void claim(TaskHistory task, AttemptReport claim, Drained drained, Findings findings) {
        findings.require(
                Invariant.I13,
                isOver(task, claim.attempt(), drained) || endReported(task, claim.attempt(), claim.workerId()),
                () -> claimed(task, claim, drained) + " and never said how the attempt ended");
        findings.require(
                Invariant.I13,
                task.outcomes().stream().noneMatch(outcome -> isLost(outcome, claim.attempt(), drained)),
                () -> claimed(task, claim, drained) + " and ended as lost");
    }

    private static String claimed(TaskHistory task, AttemptReport claim, Drained drained) {
        return "task " + task + ": attempt " + claim.attempt() + " was claimed by " + claim.workerId() + " ("
                + drained.name() + "), which was asked to end at " + drained.at();
    }

    /** Whoever claimed after another had spoken of the attempt was told to stop, and stops without a word. */
    private static boolean owns(TaskHistory task, int attempt, String worker) {
        return task.reports().stream()
                .map(report -> report.message())
                .filter(report -> report.attempt() == attempt && !(report instanceof AttemptProgress))
                .findFirst()
                .filter(report -> report.workerId().equals(worker))
                .isPresent();
    }

    private static boolean endReported(TaskHistory task, int attempt, String worker) {
        return task.reports().stream()
                .map(report -> report.message())
                .anyMatch(report -> report.attempt() == attempt
                        && report.workerId().equals(worker)
                        && !(report instanceof AttemptClaimed)
                        && !(report instanceof AttemptProgress));
    }

    /** Another attempt followed, or the run was stopped, while the worker could still be told to stop this one. */
    private static boolean isOver(TaskHistory task, int attempt, Drained drained) {
        return task.assignments().stream()
                        .anyMatch(next ->
                                next.message().attempt() > attempt && !next.at().isAfter(drained.left()))
                || task.outcomes().stream()
                        .anyMatch(outcome ->
                                wasStopped(outcome.message()) && !outcome.at().isAfter(drained.left()));
    }

    private static boolean wasStopped(TaskOutcome outcome) {
        return outcome.status() == TaskStatus.CANCELLED || outcome.status() == TaskStatus.SKIPPED;
    }

    /** Whoever was lost before it was asked to end had been silent for other reasons. */
    private static boolean isLost(Logged<TaskOutcome> outcome, int attempt, Drained drained) {
        return outcome.message().attempts() == attempt
                && outcome.message().failure() != null
                && outcome.message().failure().code().equals(FailureCode.WORKER_LOST)
                && outcome.at().isAfter(drained.at());
    }
}
