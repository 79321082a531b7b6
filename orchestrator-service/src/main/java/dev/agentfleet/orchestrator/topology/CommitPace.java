package dev.agentfleet.orchestrator.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which records have their transaction committed soon, and which wait for more to share it. Each stream thread has a pace
 * of its own: one that handled more than a record a millisecond since its last commit is busy, and leaves the next one to
 * the commit interval of Streams. Any other works at least as long as its last commit took before it asks for the next: else
 * a machine on which commits are slow would do little but commit. See ADR 29.
 */
public final class CommitPace implements TransactionListener {

    private static final long BUSY_NANOS_PER_RECORD = Duration.ofMillis(1).toNanos();

    private static final class Period {
        private long begunAt;
        /** When the last record was handled, or a commit was asked for after it: what follows until it is done is the commit. */
        private long workedTo;

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

    /** The least time between this thread's last commit and the next. */
    Duration pause() {
        return Duration.ofNanos(pauseNanos(periods.get()));
    }

    private long pauseNanos(Period period) {
        return Math.max(soon.toNanos(), period.pauseNanos);
    }

    /** A record was handled on this thread. Returns whether to commit it now. */
    boolean handled() {
        Period period = periods.get();
        period.records++;
        period.workedTo = nanos.getAsLong();
        return !period.busy && period.workedTo - period.begunAt >= pauseNanos(period);
    }

    /** A commit is asked for on this thread some time after its last record. */
    void asked() {
        periods.get().workedTo = nanos.getAsLong();
    }

    /** Whether this thread leaves its commits to the commit interval. */
    boolean isBusy() {
        return periods.get().busy;
    }

    @Override
    public void committed() {
        Period period = periods.get();
        long now = nanos.getAsLong();
        period.pauseNanos = period.records == 0 ? 0 : now - period.workedTo;
        period.busy = (now - period.begunAt) / BUSY_NANOS_PER_RECORD < period.records;
        period.begunAt = now;
        period.records = 0;
    }

    @Override
    public void aborted() {
        periods.remove();
    }
}
