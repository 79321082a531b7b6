package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.Strike;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReleased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Code runs once for each attempt dispatched; again only where a fault had the attempt delivered again. */
final class BoundedAttempts implements Check {
    /** The ledger's clock has whole seconds. */
    private static final Duration LEDGER_TICK = Duration.ofSeconds(1);

    private final Allowances allowances;

    BoundedAttempts(Allowances allowances) {
        this.allowances = allowances;
    }

    @Override
    public void look(History history, Runs runs, Findings findings) {
        List<Strike> disturbing =
                history.strikes().stream().filter(Strike::disturbs).toList();
        for (RunHistory run : runs.all()) {
            int failures = Objects.requireNonNull(
                    Objects.requireNonNull(run.options().retry()).maxAttempts());
            for (TaskHistory task : run.tasks().values()) {
                failures(task, failures, findings);
                task.executions().stream()
                        .collect(Collectors.groupingBy(Execution::attempt))
                        .forEach((attempt, executions) -> executions(task, executions, disturbing, findings));
            }
        }
    }

    /** Each dispatch ends in a failure that counts, or in a release that does not; the last one may do neither. */
    private static void failures(TaskHistory task, int most, Findings findings) {
        long released = task.reports().stream()
                .map(report -> report.message())
                .filter(AttemptReleased.class::isInstance)
                .map(report -> report.attempt())
                .distinct()
                .count();
        findings.require(
                Invariant.I4,
                task.dispatched() - released <= most,
                () -> "task " + task + ": was dispatched " + task.dispatched() + " times, of which " + released
                        + " were given back; it has only " + most + " attempts that may fail");
    }

    private void executions(TaskHistory task, List<Execution> executions, List<Strike> disturbing, Findings findings) {
        Execution first = executions.getFirst();
        int attempt = first.attempt();
        findings.require(
                Invariant.I4,
                attempt >= 1 && attempt <= task.dispatched(),
                () -> "task " + task + ": attempt " + attempt + " ran on " + first.workerId()
                        + " and was never dispatched; the last one dispatched is " + task.dispatched());
        for (int i = 1; i < executions.size(); i++) {
            Execution before = executions.get(i - 1);
            Execution again = executions.get(i);
            findings.require(
                    Invariant.I4,
                    disturbing.stream().anyMatch(strike -> explains(strike, before, again)),
                    () -> "task " + task + ": attempt " + attempt + " ran " + executions.size() + " times, on "
                            + before.workerId() + " at " + before.startedAt() + " and on " + again.workerId() + " at "
                            + again.startedAt() + ", and no fault between explains it");
            claimed(task, before, again, disturbing, findings);
        }
    }

    /** What no worker had claimed may be delivered again when its worker is hit, and when its partition moves. */
    private boolean explains(Strike strike, Execution before, Execution again) {
        Duration after = hit(strike, before, again) ? allowances.redelivery() : allowances.handOver();
        return !strike.from().isAfter(again.startedAt().plus(LEDGER_TICK))
                && !strike.until().plus(after).isBefore(before.startedAt());
    }

    /** The one lost what it had in hand, or the other came back to what others had by then. */
    private static boolean hit(Strike strike, Execution before, Execution again) {
        return strike.hit().contains(before.pid()) || strike.hit().contains(again.pid());
    }

    /**
     * A claim releases its record: only a fault that keeps its worker from committing that delivers it again, by ending it
     * or by putting it out of its group, and no hand-over does. Whoever claims what others may have begun, and starts it
     * then, repeats no claimed one.
     */
    private void claimed(
            TaskHistory task, Execution before, Execution again, List<Strike> disturbing, Findings findings) {
        var claim = task.reports(again.attempt(), AttemptClaimed.class).findFirst();
        if (claim.isEmpty()
                || claim.get().at().plus(LEDGER_TICK).isAfter(again.startedAt())
                || startsItsOwn(claim.get().message(), before, again)) {
            return;
        }
        Instant committed = claim.get().at().plus(allowances.uncommitted());
        findings.require(
                Invariant.I4,
                disturbing.stream()
                        .anyMatch(strike -> hit(strike, before, again)
                                && explains(strike, before, again)
                                && !strike.until()
                                        .plus(allowances.handOver())
                                        .isBefore(claim.get().at())
                                && !strike.from().isAfter(committed)),
                () -> "task " + task + ": attempt " + again.attempt() + " started again on " + again.workerId()
                        + " at " + again.startedAt() + " although it was claimed by "
                        + claim.get().message().workerId() + " at "
                        + claim.get().at()
                        + ", and no fault struck before that could be committed");
    }

    private static boolean startsItsOwn(AttemptClaimed claim, Execution before, Execution again) {
        return claim.workerId().equals(again.workerId()) && !claim.workerId().equals(before.workerId());
    }
}
