package dev.agentfleet.orchestrator.run;

/** Why an event changed nothing. */
public enum IgnoreReason {
    /** The task has its outcome. */
    ALREADY_SETTLED,
    /** It speaks of an earlier attempt. */
    STALE_ATTEMPT,
    /** It speaks of an attempt that was never dispatched. */
    UNKNOWN_ATTEMPT,
    /** Another worker owns the attempt. */
    NOT_OWNER,
    /** The same was said before. */
    DUPLICATE,
    /** The event has no meaning in this state. */
    NOT_APPLICABLE,
    /** No run of that name, or no task of that index. */
    UNKNOWN_TASK
}
