package dev.agentfleet.metric;

/** How a metric's value moves. */
public enum MetricKind {
    /** Only up, from 0 at the start of its process. */
    COUNTER,
    /** Up and down: what is true at the moment it is read. */
    GAUGE
}
