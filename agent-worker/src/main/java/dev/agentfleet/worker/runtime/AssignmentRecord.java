package dev.agentfleet.worker.runtime;

import org.jspecify.annotations.Nullable;

/** A record from the pool's tasks topic, not yet decoded. Thread-safe. */
public interface AssignmentRecord {

    byte @Nullable [] value();

    /** The text of a header; null when it is not there. */
    @Nullable
    String header(String name);

    RecordPosition position();

    /**
     * Whether another worker may have begun with it, and ended in the middle, perhaps because of it: it lay in its partition
     * when this worker gained that.
     */
    boolean mayHaveBegun();

    /** False once its partition was taken from this worker: it is another worker's then. */
    boolean isOurs();

    /**
     * Its result or its claim is durable: it will not be delivered again once the group's offset has passed it. Does not
     * block.
     */
    void acknowledge();

    /**
     * Waits until the group's offset has passed it, so that it is not delivered again; also returns once its partition is lost,
     * and after two seconds, for what lies before it may hold the offset back.
     */
    void awaitCommitted() throws InterruptedException;

    /** It is not begun here any more: its partition's next owner gets it. */
    void leave();

    /** Puts its bytes aside with the reason, then calls back once that is durable. */
    void putAside(String reason, Runnable onDurable);
}
