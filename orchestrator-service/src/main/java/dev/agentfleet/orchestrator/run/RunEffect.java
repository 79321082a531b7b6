package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.TaskSpec;
import java.util.List;

/** What a run's transition asks of the world. */
public sealed interface RunEffect {

    /** Keep these tasks; the first has the index {@code base}. */
    record AddTasks(int base, List<TaskSpec> tasks) implements RunEffect {}

    /** Keep this chunk until the ones before it are here. */
    record KeepChunk(int chunk) implements RunEffect {}

    /** Keep the cancel for a submission it overtook. */
    record RememberCancel(String reason) implements RunEffect {}

    /** Tell all workers to stop what they run of it. */
    record StopWorkers(String reason) implements RunEffect {}

    /** It is no longer complete: go through its tasks for those to be done again. */
    record Reopen() implements RunEffect {}

    /** Every task has its outcome: publish the aggregate. */
    record Complete() implements RunEffect {}

    /** Nobody may find it any more: delete its state, slice by slice. */
    record Purge() implements RunEffect {}

    /** All of its state is deleted: delete the run itself. */
    record Forget() implements RunEffect {}
}
