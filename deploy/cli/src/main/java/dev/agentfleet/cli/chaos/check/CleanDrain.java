package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.util.HashMap;
import java.util.Map;

/** A worker that was asked to end exits 0, and of each attempt it owned it said how it ended. */
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
                    .forEach(claim -> findings.require(
                            Invariant.I13,
                            isOver(task, claim.attempt()) || endReported(task, claim.attempt(), worker),
                            () -> "task " + task + ": attempt " + claim.attempt() + " was claimed by " + worker + " ("
                                    + drained.name() + "), which was asked to end at " + drained.at()
                                    + " and never said how the attempt ended"));
        }
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

    /** Another attempt followed, or the run was stopped: this one was told to stop. */
    private static boolean isOver(TaskHistory task, int attempt) {
        return task.dispatched() > attempt
                || task.outcomes().stream().map(outcome -> outcome.message()).anyMatch(CleanDrain::wasStopped);
    }

    private static boolean wasStopped(TaskOutcome outcome) {
        return outcome.status() == TaskStatus.CANCELLED || outcome.status() == TaskStatus.SKIPPED;
    }
}
