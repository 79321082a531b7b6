package dev.agentfleet.worker.attempt;

/** Why running code is told to stop. */
public enum StopCause {
    /** The attempt's timeout passed. */
    TIMEOUT,
    /** The run was cancelled or another worker owns the attempt: nobody waits for a result. */
    CANCEL,
    /** The worker stops and its drain budget is spent. */
    DRAIN
}
