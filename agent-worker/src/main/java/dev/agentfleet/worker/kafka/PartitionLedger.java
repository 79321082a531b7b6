package dev.agentfleet.worker.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What this worker has received of one partition and not passed, that is, neither claimed nor finished. The group's offset
 * may pass a record only when everything before it is passed too, so the offset to commit is that of the first open record,
 * not the one after the last passed. Thread-safe.
 */
final class PartitionLedger {

    /** In the order of arrival, which is the order of offsets. */
    private final LinkedHashSet<Long> open = new LinkedHashSet<>();

    /** Those of them that are not begun here any more. */
    private final Set<Long> left = new HashSet<>();

    private long next;
    private long committed;

    private boolean lost;
    /** Records before it may have been begun by the partition's last owner. */
    private long inheritedEnd;

    private int inheritedMost;

    /**
     * @param firstOffset where the group stands already: that of the first record
     * @param inherited what the partition's last owner may have begun
     */
    PartitionLedger(long firstOffset, Inheritance inherited) {
        this.next = firstOffset;
        this.committed = firstOffset;
        this.inheritedEnd = inherited.end();
        this.inheritedMost = inherited.most();
    }

    /**
     * Records that may have been begun before, from where the group stands.
     *
     * @param end offset past the last one that lay there
     * @param most how many another worker can have had in hand
     */
    record Inheritance(long end, int most) {

        static final Inheritance NONE = new Inheritance(0, 0);
    }

    synchronized void received(long offset) {
        open.add(offset);
        next = offset + 1;
        inheritedMost--;
        if (inheritedMost == 0) {
            inheritedEnd = Math.min(inheritedEnd, next);
        }
    }

    synchronized boolean inherited(long offset) {
        return offset < inheritedEnd;
    }

    /** Past the last record received. */
    synchronized long next() {
        return next;
    }

    synchronized void passed(long offset) {
        open.remove(offset);
        left.remove(offset);
    }

    synchronized void left(long offset) {
        if (open.contains(offset)) {
            left.add(offset);
        }
    }

    synchronized boolean isOpen(long offset) {
        return open.contains(offset);
    }

    /** Whether records are in work, or on their way to it. */
    synchronized boolean isInWork() {
        return open.size() > left.size();
    }

    /** Up to where everything is passed. */
    synchronized long position() {
        return open.isEmpty() ? next : open.getFirst();
    }

    /** The offset to commit; empty when the last commit that succeeded said as much. */
    synchronized OptionalLong due() {
        long position = position();
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    synchronized void committed(long position) {
        committed = Math.max(committed, position);
        notifyAll();
    }

    /** Nothing of it will be committed here any more. */
    synchronized void lost() {
        lost = true;
        notifyAll();
    }

    /** Waits until a commit has passed the offset, the partition is lost, or the time is over. */
    synchronized void awaitCommitted(long offset, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        long left = bound.toMillis();
        while (committed <= offset && !lost && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
