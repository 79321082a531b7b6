package dev.agentfleet.contract;

/** Why an attempt came to nothing. */
public enum WasteCause {
    /** It failed. */
    FAILED,
    /** It was stopped at its timeout, by its worker or for it. */
    TIMED_OUT,
    /** Its lease was lost: by its worker's silence, or because another attempt was sent since. */
    LEASE_LOST,
    /** Its worker gave it back, or it was never heard of. */
    RETURNED,
    /** Its run ended early. */
    CANCELLED,
    /** It was delivered to two workers, or twice to one; the other execution counts. */
    REDELIVERED
}
