package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run as they stood in one of its revisions: a task that a revision did not do again keeps the one it had. */
record RevisionOutcomes(RunReader reader, Run run, int revision) {

    /** Hands out the outcomes from the index on, in task order, until the visitor has enough. */
    void from(int index, Predicate<TaskOutcome> visitor) {
        int end = run.intake().tasks();
        if (revision == run.revision()) {
            reader.settledFrom(run.id(), index, end, task -> visitor.test(task.outcome()));
            return;
        }
        boolean more = true;
        for (int at = index; more && at < end; at++) {
            TaskOutcome outcome = of(at);
            more = outcome == null || visitor.test(outcome);
        }
    }

    private @Nullable TaskOutcome of(int index) {
        TaskOutcome kept = reader.keptOutcome(run.id(), index, revision);
        if (kept != null) {
            return kept;
        }
        return reader.task(run.id(), index) instanceof TaskState.Settled settled
                        && settled.outcome().revision() <= revision
                ? settled.outcome()
                : null;
    }
}
