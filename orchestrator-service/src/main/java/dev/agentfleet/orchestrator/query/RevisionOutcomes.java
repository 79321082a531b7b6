package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run as they stood in one of its revisions: a task that a revision did not do again keeps the one it had. */
record RevisionOutcomes(RunReader reader, Run run, int revision) {

    /** Hands out the outcomes from the index on, in task order, until the visitor has enough. */
    void from(int index, Predicate<TaskOutcome> visitor) {
        int end = run.intake().tasks();
        if (revision == run.revision()) {
            reader.tasksFrom(
                    run.id(),
                    index,
                    end,
                    (_, task) -> !(task instanceof TaskState.Settled settled) || visitor.test(settled.outcome()));
            return;
        }
        boolean more = true;
        for (int at = index; more && at < end; at++) {
            TaskOutcome outcome = of(at);
            more = outcome == null || visitor.test(outcome);
        }
    }

    private @Nullable TaskOutcome of(int index) {
        return standing(reader.task(run.id(), index), revision, () -> reader.keptOutcome(run.id(), index, revision));
    }

    /** @param earlier the outcome kept for the revision, or for the one before it that did the task last */
    static @Nullable TaskOutcome standing(TaskState now, int revision, Supplier<@Nullable TaskOutcome> earlier) {
        return now instanceof TaskState.Settled settled && settled.outcome().revision() <= revision
                ? settled.outcome()
                : earlier.get();
    }
}
