package dev.agentfleet.contract;

import org.jspecify.annotations.Nullable;

/** What a client asks of the orchestrator, on {@code fleet.requests}, keyed by runId. */
public sealed interface Request extends Message permits SubmitRun, AppendTasks, SealRun, CancelRun, RedriveTasks {

    /** The run meant; may be left out where the record's key names it. */
    @Nullable
    RunId runId();

    /** The same request for the run that the record's key names. */
    Request forRun(RunId runId);
}
