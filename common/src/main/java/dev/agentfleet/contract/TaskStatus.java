package dev.agentfleet.contract;

/** The ways a task can end. */
public enum TaskStatus {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED
}
