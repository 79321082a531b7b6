package dev.agentfleet.worker.kafka;

import java.util.LinkedHashSet;
import java.util.OptionalLong;

/**
 * What this worker has received of one partition and not finished. The group's offset may pass a record only when it and
 * everything before it is finished, so the offset to commit is that of the first open record, not the one after the last
 * finished. Thread-safe.
 */
final class PartitionLedger {

    /** In the order of arrival, which is the order of offsets. */
    private final LinkedHashSet<Long> open = new LinkedHashSet<>();

    private long next;
    private long committed;

    /** The first record's offset is where the group stands already. */
    PartitionLedger(long firstOffset) {
        this.next = firstOffset;
        this.committed = firstOffset;
    }

    synchronized void received(long offset) {
        open.add(offset);
        next = offset + 1;
    }

    synchronized void finished(long offset) {
        open.remove(offset);
    }

    synchronized boolean hasOpen() {
        return !open.isEmpty();
    }

    /** The offset to commit; empty when the last commit that succeeded said as much. */
    synchronized OptionalLong due() {
        long position = open.isEmpty() ? next : open.getFirst();
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    synchronized void committed(long position) {
        committed = Math.max(committed, position);
    }
}
