package dev.agentfleet.orchestrator.run;

/** Where a run is; follows from its record. */
public enum RunPhase {
    /** Admitted, to start later; more tasks may come. */
    HELD,
    /** May start; more tasks may come. */
    COLLECTING,
    /** Complete in size; tasks wait or run. */
    RUNNING,
    /** Ends early; tasks are getting their outcomes. */
    STOPPING,
    /** Every task has its outcome. */
    COMPLETED,
    /** Was kept for its time: it is unknown to everyone while its state is deleted. */
    PURGING
}
