package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.Work;
import java.util.List;
import java.util.Objects;

/** The aggregate adds up its tasks' outcomes, each exhausted task has one dead letter, each contradiction one rejection. */
final class ExactAccounting implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        for (RunHistory run : runs.all()) {
            run.completions().forEach(completed -> sums(run, completed.message(), findings));
            run.tasks().values().forEach(task -> deadLetters(task, findings));
            rejections(run, findings);
        }
    }

    private static void sums(RunHistory run, RunCompleted completed, Findings findings) {
        List<TaskOutcome> outcomes = run.tasks().values().stream()
                .flatMap(task -> task.outcomes().stream().limit(1))
                .map(Logged::message)
                .filter(outcome -> outcome.revision() == completed.revision())
                .toList();
        Counts counts = Counts.ZERO;
        for (TaskOutcome outcome : outcomes) {
            counts = counts.plus(outcome.status());
        }
        Counts counted = counts;
        findings.require(
                Invariant.I14,
                counted.equals(completed.counts()) && completed.tasks() == outcomes.size(),
                () -> "run " + run + ": RunCompleted says " + completed.tasks() + " tasks, " + completed.counts()
                        + "; its outcomes are " + outcomes.size() + ", " + counted);
        long attempts = outcomes.stream().mapToLong(TaskOutcome::attempts).sum();
        findings.require(
                Invariant.I14,
                attempts == completed.attempts(),
                () -> "run " + run + ": RunCompleted says " + completed.attempts() + " attempts; its outcomes "
                        + attempts);
        if (completed.work() != null) {
            work(run, completed, completed.work(), findings);
        }
    }

    /** Nothing is under way any more: every attempt was accepted or wasted. */
    private static void work(RunHistory run, RunCompleted completed, Work work, Findings findings) {
        long accepted = work.accepted().attempts();
        long succeeded = completed.counts().succeeded();
        findings.require(
                Invariant.I14,
                work.all().attempts() == completed.attempts()
                        && Objects.equals(work.all().cost(), completed.cost())
                        && (accepted == succeeded || completed.revision() > 1),
                () -> "run " + run + ": RunCompleted says " + completed.attempts() + " attempts, " + succeeded
                        + " tasks succeeded, cost " + completed.cost() + "; its work is " + work.all() + ", " + accepted
                        + " accepted");
    }

    private static void deadLetters(TaskHistory task, Findings findings) {
        long exhausted = task.outcomes().stream()
                .map(outcome -> outcome.message())
                .filter(ExactAccounting::isExhausted)
                .map(TaskOutcome::revision)
                .distinct()
                .count();
        findings.require(
                Invariant.I14,
                task.deadLetters().size() == exhausted,
                () -> "task " + task + ": failed for good " + exhausted + " times and has "
                        + task.deadLetters().size() + " dead letters");
    }

    /** What a deadline ended lies in no dead letter. */
    private static boolean isExhausted(TaskOutcome outcome) {
        boolean failed = outcome.status() == TaskStatus.FAILED || outcome.status() == TaskStatus.TIMED_OUT;
        return failed && (outcome.failure() == null || !outcome.failure().code().equals(FailureCode.DEADLINE));
    }

    /** Each submission under the name of a run with other content is refused once; the same content never is. */
    private static void rejections(RunHistory run, Findings findings) {
        List<SubmitRun> submissions = run.requests(SubmitRun.class).stream()
                .map(Logged::message)
                .map(submission -> submission.forRun(run.id()))
                .toList();
        if (submissions.isEmpty()) {
            return;
        }
        long others = submissions.stream()
                .filter(submission -> !submission.equals(submissions.getFirst()))
                .count();
        long refused = run.rejections().stream()
                .filter(rejection -> rejection.message().request().equals("SubmitRun"))
                .count();
        findings.require(
                Invariant.I14,
                refused == others,
                () -> "run " + run + ": was submitted " + submissions.size() + " times, " + others
                        + " of them with other content, and refused " + refused + " times");
    }
}
