package dev.agentfleet.orchestrator.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Notices threads that stopped coming round, from how often each has by now. Thread-safe. */
final class ThreadProgress {

    private record Seen(double rounds, long at) {}

    private final LongSupplier nanos;
    private final Map<String, Seen> threads = new HashMap<>();

    /** @param nanos elapsed time, as {@link System#nanoTime()} */
    ThreadProgress(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * How long the slowest of the threads has certainly not come round.
     *
     * @param rounds of every thread there is, by name
     */
    synchronized Duration standstill(Map<String, Double> rounds) {
        long now = nanos.getAsLong();
        threads.keySet().retainAll(rounds.keySet());
        rounds.forEach((thread, count) -> threads.merge(
                thread, new Seen(count, now), (before, after) -> before.rounds() == after.rounds() ? before : after));
        return Duration.ofNanos(threads.values().stream()
                .mapToLong(seen -> now - seen.at())
                .max()
                .orElse(0));
    }
}
