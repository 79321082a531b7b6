package dev.agentfleet.cli.client;

/** Where a task is, as the orchestrator shows it. */
public enum TaskState {
    WAITING,
    DISPATCHED,
    RUNNING,
    BACKING_OFF,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED
}
