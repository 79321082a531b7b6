package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;

/** Told of every transition, after it was stored. */
interface TransitionListener {

    void moved(RunId id, TaskState before, TaskState after);

    /** The run was admitted, has grown or was sealed. */
    void changed(RunId id);

    /** The run was opened again: its tasks are to be looked through. */
    void redriving(RunId id);

    /** The run ends early from now on. */
    void stopping(RunId id);

    /** Every task has its outcome. */
    void ended(RunId id);

    /** The run is no longer kept: its state is to be deleted. */
    void purging(RunId id);

    /** There is no such run any more. */
    void purged(Run run);
}
