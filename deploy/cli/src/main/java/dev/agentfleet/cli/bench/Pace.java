package dev.agentfleet.cli.bench;

import dev.agentfleet.cli.time.Time;
import java.time.Duration;

/**
 * When each of many things is due. What comes late is measured from when it was due: a stall counts for everything that
 * should have happened meanwhile.
 */
final class Pace {
    private static final long NANOS = 1_000_000_000L;

    private final Time time;
    private final int perSecond;
    private volatile long start;

    /** @param perSecond 0 for as fast as possible */
    Pace(Time time, int perSecond) {
        this.time = time;
        this.perSecond = perSecond;
    }

    void start() {
        start = time.nanos();
    }

    long due(int index) {
        return perSecond == 0 ? start : start + index * NANOS / perSecond;
    }

    void await(int index) throws InterruptedException {
        long wait = due(index) - time.nanos();
        if (perSecond > 0 && wait > 0) {
            time.sleep(Duration.ofNanos(wait));
        }
    }
}
