package dev.agentfleet.worker.runtime;

/**
 * Whether this worker's partitions are certainly its own. They are not after its process stood still: its group may have
 * given them away, and what is read of them before the group has answered may be in work elsewhere. Thread-safe.
 */
public interface Membership {

    /** Does not block. */
    boolean isCertain();

    /**
     * Whether the record, which was received, is still this worker's to begin. Waits until that is certain, as long as the
     * broker may be away.
     */
    boolean keeps(AssignmentRecord record) throws InterruptedException;
}
