package dev.agentfleet.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast tasks end, over the last seconds. */
final class RateMeter {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double MILLIS = 1000.0;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, int done) {}

    void add(Instant at, int done) {
        samples.addLast(new Sample(at, done));
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), at).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /** Tasks per second. */
    double rate() {
        if (samples.size() < 2) {
            return 0;
        }
        long millis = Duration.between(
                        samples.getFirst().at(), samples.getLast().at())
                .toMillis();
        int done = samples.getLast().done() - samples.getFirst().done();
        return millis == 0 ? 0 : Math.max(0, done) * MILLIS / millis;
    }

    /** When the rest will be done at this rate; empty while nothing moves. */
    Optional<Duration> remaining(int tasks) {
        double rate = rate();
        return rate == 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofMillis(Math.round((tasks - samples.getLast().done()) / rate * MILLIS)));
    }
}
