package dev.agentfleet.orchestrator.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which records have their transaction committed soon, and which wait for more to share it. Each stream thread has a pace
 * of its own: one that handled more than a record a millisecond since its last commit is busy, and leaves the next one to
 * the commit interval of Streams. Any other works as long as its last commit took, up to that interval, before it asks for the
 * next: else a machine on which commits are slow would do little but commit. See ADR 29.
 */
public final class CommitPace implements TransactionListener {

    private static final long BUSY_NANOS_PER_RECORD = Duration.ofMillis(1).toNanos();
    private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();

    private static final class Period {
        private long begunAt;
        /** When the last record was handled, or a commit was asked for after it. */
        private long workedTo;

        private boolean asked;
        private long pauseNanos;
        private int records;
        private boolean busy;
    }

    private final Duration soon;
    private final LongSupplier nanos;
    private final ThreadLocal<Period> periods = ThreadLocal.withInitial(Period::new);

    /**
     * @param soon the least time between two commits of a thread that is not busy, where they take no longer
     * @param nanos as {@link System#nanoTime}
     */
    public CommitPace(Duration soon, LongSupplier nanos) {
        this.soon = soon;
        this.nanos = nanos;
    }

    /** How long this thread has to wait before it may ask for its next commit; at least a millisecond. */
    Duration untilNext() {
        Period period = periods.get();
        long left = pauseNanos(period) - (nanos.getAsLong() - period.begunAt);
        return Duration.ofNanos(Math.max(LEAST_NANOS, left));
    }

    private long pauseNanos(Period period) {
        return Math.max(soon.toNanos(), period.pauseNanos);
    }

    /** A record was handled on this thread. Returns whether to commit it now. */
    boolean handled() {
        Period period = periods.get();
        period.records++;
        period.workedTo = nanos.getAsLong();
        period.asked = !period.busy && period.workedTo - period.begunAt >= pauseNanos(period);
        return period.asked;
    }

    /** A commit is asked for on this thread some time after its last record. */
    void asked() {
        Period period = periods.get();
        period.workedTo = nanos.getAsLong();
        period.asked = true;
    }

    /** Whether this thread leaves its commits to the commit interval. */
    boolean isBusy() {
        return periods.get().busy;
    }

    @Override
    public void committed() {
        Period period = periods.get();
        long now = nanos.getAsLong();
        // What nobody asked for came at the end of the interval, and tells nothing but that the pause was too long.
        period.pauseNanos = period.asked ? now - period.workedTo : period.pauseNanos / 2;
        period.asked = false;
        period.busy = (now - period.begunAt) / BUSY_NANOS_PER_RECORD < period.records;
        period.begunAt = now;
        period.records = 0;
    }

    @Override
    public void aborted() {
        periods.remove();
    }
}
