package dev.agentfleet.contract;

/** What users subscribe to, on {@code fleet.runs}, keyed by runId. Read it with {@code isolation.level=read_committed}. */
public sealed interface RunEvent extends Message permits RunRejected, TaskOutcome, RunCompleted {

    RunId runId();
}
