package dev.agentfleet.orchestrator.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which records have their transaction committed soon, and which wait for more to share it. Each stream thread has a pace
 * of its own. One that waits for records asks for a commit as soon as the last one is a moment ago. A busy one, which since
 * its last commit handled records for at least half of the time or more than one a millisecond, lets more of them share a
 * commit. Either works for as long as its commits take, a busy one several times as long: else a machine on which commits
 * are slow would do little but commit. See ADR 29.
 */
public final class CommitPace implements TransactionListener {

    private static final long BUSY_NANOS_PER_RECORD = Duration.ofMillis(1).toNanos();
    /** Fewer do not make a thread busy, however slow they were. */
    private static final int BUSY_RECORDS = 4;
    /** How much longer a busy thread works than its commits take. */
    private static final int BUSY_WORK_PER_COMMIT = 4;
    /** The longest pause, in busy intervals. */
    private static final int LONGEST = 2;

    private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();

    private static final class Period {
        private long begunAt;
        /** When the record in hand was taken up. */
        private long takenAt;
        /** When the last record was handled, or a commit was asked for after it. */
        private long workedTo;

        private long handlingNanos;
        private int records;
        private boolean asked;
        private boolean busy;
        private long commitNanos;
    }

    private final Duration soon;
    private final Duration whenBusy;
    private final LongSupplier nanos;
    private final ThreadLocal<Period> periods = ThreadLocal.withInitial(Period::new);

    /**
     * @param soon the least time between two commits of a thread that is not busy, where they take no longer
     * @param whenBusy the least time between two commits of a busy thread
     * @param nanos as {@link System#nanoTime}
     */
    public CommitPace(Duration soon, Duration whenBusy, LongSupplier nanos) {
        this.soon = soon;
        this.whenBusy = whenBusy;
        this.nanos = nanos;
    }

    /** The longest time between two commits of a thread that handles records. */
    public static Duration longest(Duration whenBusy) {
        return whenBusy.multipliedBy(LONGEST);
    }

    /** How long this thread has to wait before it may ask for its next commit; at least a millisecond. */
    Duration untilNext() {
        Period period = periods.get();
        long left = pauseNanos(period) - (nanos.getAsLong() - period.begunAt);
        return Duration.ofNanos(Math.max(LEAST_NANOS, left));
    }

    private long pauseNanos(Period period) {
        return period.busy
                ? Math.clamp(
                        BUSY_WORK_PER_COMMIT * period.commitNanos,
                        whenBusy.toNanos(),
                        longest(whenBusy).toNanos())
                : Math.max(soon.toNanos(), Math.min(period.commitNanos, whenBusy.toNanos()));
    }

    /** A record, or some of the work that waits without one, is taken up on this thread. */
    void taken() {
        periods.get().takenAt = nanos.getAsLong();
    }

    /** What was taken up is done on this thread. Returns whether to commit it now. */
    boolean handled() {
        Period period = periods.get();
        period.records++;
        period.workedTo = nanos.getAsLong();
        period.handlingNanos += period.workedTo - period.takenAt;
        period.asked = period.workedTo - period.begunAt >= pauseNanos(period);
        return period.asked;
    }

    /** A commit is asked for on this thread some time after its last record. */
    void asked() {
        Period period = periods.get();
        period.workedTo = nanos.getAsLong();
        period.asked = true;
    }

    @Override
    public void committed() {
        Period period = periods.get();
        long now = nanos.getAsLong();
        period.busy = wasBusy(period, now);
        // What nobody asked for came at the end of the interval of Streams: a thread that waits for records has then
        // waited for it, and learns nothing of what it took.
        period.commitNanos = period.asked || period.busy ? now - period.workedTo : period.commitNanos / 2;
        period.asked = false;
        period.begunAt = now;
        period.handlingNanos = 0;
        period.records = 0;
    }

    private boolean wasBusy(Period period, long now) {
        long worked = Math.max(period.workedTo - period.begunAt, soon.toNanos());
        return (now - period.begunAt) / BUSY_NANOS_PER_RECORD < period.records
                || (period.records >= BUSY_RECORDS && period.handlingNanos >= worked / 2);
    }

    @Override
    public void aborted() {
        periods.remove();
    }
}
