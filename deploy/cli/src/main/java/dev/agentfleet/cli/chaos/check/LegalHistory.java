package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Attempts count up by one, each for a reason; the outcome says why the task ended there and nothing was dispatched after. */
final class LegalHistory implements Check {
    /** Failures that the orchestrator finds by itself: no worker reports them. */
    private static final Set<String> FOUND_BY_ORCHESTRATOR =
            Set.of(FailureCode.WORKER_LOST, FailureCode.TIMEOUT, FailureCode.QUEUE_TIMEOUT, FailureCode.DEADLINE);

    @Override
    public void look(History history, Runs runs, Findings findings) {
        for (RunHistory run : runs.all()) {
            int failures = Objects.requireNonNull(
                    Objects.requireNonNull(run.options().retry()).maxAttempts());
            for (TaskHistory task : run.tasks().values()) {
                attempts(task, findings);
                task.outcomes().forEach(outcome -> outcome(task, outcome, failures, findings));
            }
        }
    }

    private static void attempts(TaskHistory task, Findings findings) {
        List<Logged<TaskAssignment>> assignments = task.assignments();
        for (int i = 0; i < assignments.size(); i++) {
            int attempt = assignments.get(i).message().attempt();
            int expected = i + 1;
            Logged<TaskAssignment> assignment = assignments.get(i);
            findings.require(
                    Invariant.I8,
                    attempt == expected,
                    () -> "task " + task + ": its dispatch number " + expected + " at " + assignment.position()
                            + " is attempt " + attempt);
            if (expected > 1) {
                findings.require(
                        Invariant.I8,
                        task.reports().stream().anyMatch(report -> endedOrClaimed(report.message(), attempt - 1)),
                        () -> "task " + task + ": attempt " + attempt + " was dispatched at " + assignment.position()
                                + " although nobody had claimed, failed or given back attempt " + (attempt - 1));
            }
        }
    }

    private static boolean endedOrClaimed(AttemptReport report, int attempt) {
        return report.attempt() == attempt
                && (report instanceof AttemptFailed
                        || report instanceof AttemptReleased
                        || report instanceof AttemptClaimed);
    }

    private static void outcome(TaskHistory task, Logged<TaskOutcome> logged, int failures, Findings findings) {
        TaskOutcome outcome = logged.message();
        findings.require(
                Invariant.I8,
                outcome.attempts() <= task.dispatched(),
                () -> "task " + task + ": its outcome " + outcome.status() + " names attempt " + outcome.attempts()
                        + ", but only " + task.dispatched() + " were dispatched");
        Failure failure = outcome.failure();
        boolean exhausted = outcome.status() == TaskStatus.FAILED || outcome.status() == TaskStatus.TIMED_OUT;
        findings.require(
                Invariant.I8,
                !exhausted || failure != null,
                () -> "task " + task + ": is " + outcome.status() + " without a failure");
        if (!exhausted || failure == null) {
            return;
        }
        findings.require(
                Invariant.I8,
                !failure.retryable() || outcome.attempts() >= failures,
                () -> "task " + task + ": was given up with " + failure.code() + " after attempt " + outcome.attempts()
                        + " of " + failures + " although another might have helped");
        findings.require(
                Invariant.I8,
                FOUND_BY_ORCHESTRATOR.contains(failure.code())
                        || task.reports(outcome.attempts(), AttemptFailed.class)
                                .anyMatch(report ->
                                        report.message().failure().code().equals(failure.code())),
                () -> "task " + task + ": is " + outcome.status() + " with " + failure.code()
                        + ", which nobody reported of attempt " + outcome.attempts());
    }
}
