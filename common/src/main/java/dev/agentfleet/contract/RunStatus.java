package dev.agentfleet.contract;

/** Where a run is, and how it ended. */
public enum RunStatus {
    /** Submitted and durable; not yet admitted. */
    ACCEPTED,
    /** Admitted; tasks are waiting or running. */
    RUNNING,
    /** Every task SUCCEEDED. */
    SUCCEEDED,
    /** At least one task did not succeed. */
    FAILED,
    /** Cancelled by request. */
    CANCELLED,
    /** Its deadline passed. */
    TIMED_OUT;

    public boolean isFinal() {
        return this != ACCEPTED && this != RUNNING;
    }
}
