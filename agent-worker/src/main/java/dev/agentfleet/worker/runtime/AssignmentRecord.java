package dev.agentfleet.worker.runtime;

import org.jspecify.annotations.Nullable;

/** A record from the pool's tasks topic, not yet decoded. Thread-safe. */
public interface AssignmentRecord {

    byte @Nullable [] value();

    /** The text of a header; null when it is not there. */
    @Nullable
    String header(String name);

    RecordPosition position();

    /** It is done with: it will not be delivered again once the group's offset has passed it. */
    void acknowledge();

    /** Puts its bytes aside with the reason, then calls back once that is durable. */
    void putAside(String reason, Runnable onDurable);
}
