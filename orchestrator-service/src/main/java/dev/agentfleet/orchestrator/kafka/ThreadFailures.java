package dev.agentfleet.orchestrator.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Counts the stream threads that failed of late, leaving out those for which trying again is the cure: while the broker is
 * away threads time out, which is no fault of the process. Commits in between say nothing: the other partitions go on
 * committing while the record that fails in one of them ends thread after thread. Thread-safe.
 */
public final class ThreadFailures {

    /** Long enough for a replacement that first reads its state again to fail a third time. */
    private static final Duration OF_LATE = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Deque<Long> failures = new ArrayDeque<>();

    /** @param nanos elapsed time, as {@link System#nanoTime()} */
    public ThreadFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized void failed(Throwable failure) {
        if (!isPassing(failure)) {
            failures.addLast(nanos.getAsLong());
        }
    }

    /** How many there were within the last ten minutes. */
    public synchronized int ofLate() {
        long now = nanos.getAsLong();
        failures.removeIf(at -> now - at >= OF_LATE.toNanos());
        return failures.size();
    }

    private static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
