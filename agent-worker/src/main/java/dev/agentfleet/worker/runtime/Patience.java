package dev.agentfleet.worker.runtime;

import java.time.Duration;

/**
 * How long records wait behind slots that are all held for long: a while, and then twice as long each time, so that a fleet
 * without a free slot does not pass records round and round. Not too short: slots that get free right after it stand idle for
 * a round trip. A slot that gets free begins it anew. Not thread-safe.
 */
final class Patience {

    private static final int MOST = 5;

    private final long first;
    private boolean saturated;
    private long wait;
    private long endsAt;

    Patience(Duration first) {
        this.first = first.toNanos();
    }

    /**
     * Whether it has just come to an end.
     *
     * @param now in nanoseconds of any clock that only goes forward
     */
    boolean ends(boolean saturatedNow, long now) {
        if (!saturatedNow) {
            saturated = false;
            return false;
        }
        if (!saturated) {
            saturated = true;
            wait = first;
            endsAt = now + wait;
            return false;
        }
        if (now - endsAt < 0) {
            return false;
        }
        wait = Math.min(2 * wait, MOST * first);
        endsAt = now + wait;
        return true;
    }
}
