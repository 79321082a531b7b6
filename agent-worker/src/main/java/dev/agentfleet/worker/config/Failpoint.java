package dev.agentfleet.worker.config;

/** A point in the life of an attempt at which a crash is worth a trial. */
public enum Failpoint {
    /** The code has ended, nobody knows of it yet. */
    BEFORE_RESULT,
    /** The result is durable, its record's offset is not committed. */
    AFTER_RESULT,
    /** The claim is durable, its record's offset is not committed. */
    AFTER_CLAIM
}
