package dev.agentfleet.worker.execution;

import java.time.Duration;

/** When an attempt times out, by a clock that can stand still. In nanoseconds of a ticker. Guarded by its execution. */
final class AttemptDeadline {

    private static final long ENDLESS = AttemptTimes.nanos(AttemptTimes.ENDLESS);
    private static final long TOLD_AGAIN = Duration.ofSeconds(3).toNanos();

    /** So that whoever asks why it takes so long learns it before its time is up. */
    private static final long TOLD_FIRST = Duration.ofSeconds(2).toNanos();

    private final long timeout;
    private boolean begun = true;
    private long startedAt;
    private int stops;
    private long stoppedAt;
    private long waited;
    private long told;
    private long toldAt;

    AttemptDeadline(long timeout, long now) {
        this.timeout = timeout;
        this.startedAt = now;
        this.toldAt = now;
    }

    long startedAt() {
        return startedAt;
    }

    /** No time passes before {@link #begin}. */
    void holdBack() {
        begun = false;
    }

    void begin(long now) {
        begun = true;
        startedAt = now;
        toldAt = now;
    }

    void stop(long now) {
        if (stops++ == 0) {
            stoppedAt = now;
        }
    }

    void go(long now) {
        if (--stops == 0) {
            waited = Math.min(ENDLESS, waited + now - stoppedAt);
        }
    }

    boolean isPassed(long now) {
        return begun && stops == 0 && now - (startedAt + timeout + waited) >= 0;
    }

    long left(long now) {
        return begun ? Math.max(0, timeout + waited(now) - (now - startedAt)) : ENDLESS;
    }

    /** When something is due if the clock neither stops nor goes meanwhile. */
    long nextTick(long now) {
        long passes = begun && stops == 0 ? startedAt + timeout + waited : now + ENDLESS;
        return passes - tellAt(now) < 0 ? passes : tellAt(now);
    }

    /** Whoever watches for its end from outside must now be told how long the clock stood still, or it would end it too early. */
    boolean isToBeTold(long now) {
        return now - tellAt(now) >= 0;
    }

    private long tellAt(long now) {
        if (!begun || (stops == 0 && waited == told)) {
            return now + ENDLESS;
        }
        if (told == 0 && stops > 0) {
            return stoppedAt + TOLD_FIRST;
        }
        long watched = startedAt + timeout + told;
        return watched - (toldAt + TOLD_AGAIN) > 0 ? watched : toldAt + TOLD_AGAIN;
    }

    Duration tell(long now) {
        told = waited(now);
        toldAt = now;
        return Duration.ofNanos(told);
    }

    private long waited(long now) {
        return stops == 0 ? waited : Math.min(ENDLESS, waited + now - stoppedAt);
    }
}
