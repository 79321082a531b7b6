package dev.agentfleet.orchestrator.partition;

/** How much of a pool's work this home partition may have in Kafka. Advice: it bounds waiting, correctness does not depend on it. */
public interface Window {

    /** Most tasks of this partition that may be dispatched to the pool and not claimed. */
    int size(String pool);

    /** Whether this partition has tasks it could dispatch to the pool if the window were larger. */
    void demand(String pool, boolean waiting);

    /** A worker of the pool has ended an attempt, so that its slot is free. */
    void served(String pool);
}
