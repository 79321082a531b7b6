package dev.agentfleet.worker.config;

/** How workers share the partitions of their pool. All workers of a pool follow the same; see ADR 28. */
public enum GroupProtocol {
    /** The members work it out among themselves; each names its own session timeout. */
    CLASSIC,
    /** The broker works it out (KIP-848), and has the session timeout in its own configuration. */
    CONSUMER
}
