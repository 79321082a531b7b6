package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.Sent;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import java.util.Set;
import java.util.stream.Collectors;

/** What Kafka acknowledged is there, and everything that is there comes to its end; nothing else does. */
final class NoLoss implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        Set<Position> there =
                history.records().requests().stream().map(Logged::position).collect(Collectors.toSet());
        for (Sent sent : history.sent()) {
            Position place = sent.acknowledged();
            if (place != null) {
                findings.require(
                        Invariant.I1,
                        there.contains(place),
                        () -> "run " + sent.runId() + ": its " + sent.request() + " was acknowledged at " + place
                                + " and is not there");
            }
        }
        runs.all().forEach(run -> look(run, findings));
    }

    private static void look(RunHistory run, Findings findings) {
        if (run.submission().isEmpty()) {
            findings.require(
                    Invariant.I1,
                    run.completions().isEmpty() && run.tasks().isEmpty(),
                    () -> "run " + run + ": was never submitted, and has "
                            + run.completions().size() + " RunCompleted and traces of "
                            + run.tasks().size() + " tasks");
            return;
        }
        int tasks = run.specs().size();
        findings.require(
                Invariant.I1,
                !run.completions().isEmpty(),
                () -> "run " + run + ": of " + tasks + " tasks has no RunCompleted");
        for (int index = 0; index < tasks; index++) {
            int at = index;
            TaskHistory task = run.tasks().get(index);
            findings.require(
                    Invariant.I1,
                    task != null && !task.outcomes().isEmpty(),
                    () -> "task " + run + '/' + at + ": was submitted at "
                            + run.submission().orElseThrow().position() + " and has no outcome; dispatched "
                            + (task == null ? 0 : task.dispatched()) + " times");
        }
        run.tasks()
                .keySet()
                .forEach(index -> findings.require(
                        Invariant.I1,
                        index < tasks,
                        () -> "task " + run + '/' + index + ": the run has only " + tasks + " tasks"));
    }
}
