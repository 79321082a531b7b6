package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.TaskOutcome;
import java.util.List;
import java.util.stream.Collectors;

/** No task has two outcomes in a revision, no run two aggregates, and nothing follows the aggregate. */
final class FinalOutcomes implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        for (RunHistory run : runs.all()) {
            run.tasks().values().forEach(task -> look(task, findings));
            run.completions().stream()
                    .collect(Collectors.groupingBy(
                            completed -> completed.message().revision()))
                    .forEach((revision, all) -> findings.require(
                            Invariant.I2,
                            all.size() == 1,
                            () -> "run " + run + ": has " + all.size() + " RunCompleted of revision " + revision
                                    + ", at " + positions(all)));
            run.completions()
                    .forEach(completed -> run.tasks().values().stream()
                            .flatMap(task -> task.outcomes().stream())
                            .filter(outcome -> outcome.message().revision()
                                    == completed.message().revision())
                            .forEach(outcome -> findings.require(
                                    Invariant.I2,
                                    outcome.offset() < completed.offset(),
                                    () -> "task " + outcome.message().taskId() + ": its outcome at "
                                            + outcome.position() + " follows the RunCompleted at "
                                            + completed.position())));
        }
    }

    private static void look(TaskHistory task, Findings findings) {
        task.outcomes().stream()
                .collect(Collectors.groupingBy(outcome -> outcome.message().revision()))
                .forEach((revision, all) -> findings.require(
                        Invariant.I2,
                        all.size() == 1,
                        () -> "task " + task + ": has " + all.size() + " outcomes in revision " + revision + ", "
                                + (differ(all) ? "which differ" : "all the same") + ": " + words(all)));
    }

    private static boolean differ(List<Logged<TaskOutcome>> all) {
        return all.stream().map(Logged::message).distinct().count() > 1;
    }

    private static String words(List<Logged<TaskOutcome>> all) {
        return all.stream()
                .map(outcome -> outcome.message().status() + " of attempt "
                        + outcome.message().attempts() + " at " + outcome.position())
                .collect(Collectors.joining(", "));
    }

    private static String positions(List<? extends Logged<?>> all) {
        return all.stream().map(logged -> logged.position().toString()).collect(Collectors.joining(", "));
    }
}
