package dev.agentfleet.worker.health;

import java.time.Duration;

/**
 * How long the intake has been stuck: work waits, a slot is free, and nothing is taken. Anything that explains why nothing is
 * taken begins the count anew, so a slow task, full slots, an empty topic, a drain or an absent broker never add up to it.
 * Told what is seen, again and again, by one thread; asked by any.
 */
final class IntakeWatch {

    private volatile long since;
    private volatile long seenAt;
    private long taken;

    IntakeWatch(long now) {
        this.since = now;
        this.seenAt = now;
    }

    /**
     * What there is to see.
     *
     * @param waiting whether records wait that this worker could take
     * @param freeSlots slots on which no attempt is
     * @param taken how many attempts were ever taken
     * @param draining whether it takes nothing more on purpose
     * @param brokerAnswers whether the broker has been heard of lately
     */
    record Sight(boolean waiting, int freeSlots, long taken, boolean draining, boolean brokerAnswers) {

        private boolean couldTake() {
            return waiting && freeSlots > 0 && !draining && brokerAnswers;
        }
    }

    void see(Sight sight, long now) {
        if (!sight.couldTake() || sight.taken() != taken) {
            since = now;
        }
        taken = sight.taken();
        seenAt = now;
    }

    /** Up to what was last seen. */
    Duration stuckFor() {
        return Duration.ofNanos(Math.max(0, seenAt - since));
    }
}
