package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the state of a run on its home partition, from any thread. */
public interface RunReader {

    @Nullable
    Run run(RunId id);

    /**
     * The first runs listed under the status that come after the given one, over these home partitions.
     *
     * @param after null for the newest
     */
    List<ListedRun> listed(RunStatus status, @Nullable ListedRun after, int most, Set<Integer> partitions);

    TaskState task(RunId id, int index);

    @Nullable
    TaskPage pageOf(RunId id, int index);

    /** The outcome the task had in the revision, or in the one before it that last did it; null when that is its present one. */
    @Nullable
    TaskOutcome keptOutcome(RunId id, int index, int revision);

    /** Calls with the tasks from the index on that were ever dispatched or are settled, in order, until the visitor has enough. */
    void tasksFrom(RunId id, int index, int end, TaskVisitor visitor);

    /** Takes tasks. */
    @FunctionalInterface
    interface TaskVisitor {
        /** Returns whether it wants more. */
        boolean visit(int index, TaskState task);
    }
}
