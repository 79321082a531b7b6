package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.orchestrator.run.IgnoreReason;

/** Counts what the store does not keep. */
@FunctionalInterface
public interface EventCounts {

    EventCounts NONE = reason -> {};

    /** An event changed nothing. */
    void ignored(IgnoreReason reason);
}
