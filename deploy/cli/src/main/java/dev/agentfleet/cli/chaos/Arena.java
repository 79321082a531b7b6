package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.time.Time;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Where a fault strikes.
 *
 * @param turn counts the strikes of this fault, from a number that the seed chooses
 * @param dice of this strike, so that it is the same strike with the same seed
 * @param say told each step
 * @param options what is tried
 */
record Arena(
        Cluster cluster,
        Workload workload,
        int turn,
        Random dice,
        Time time,
        Consumer<String> say,
        ChaosOptions options) {

    void pause(double seconds) throws InterruptedException {
        time.sleep(Duration.ofMillis((long) (seconds * 1_000)));
    }

    /** So many seconds, from the dice. */
    double between(double least, double most) {
        return least + dice.nextDouble() * (most - least);
    }

    /** One of so many variants, from 0; so many strikes of the same fault take them all. */
    int variant(int number) {
        return turn % number;
    }

    /** A number from 0 that is less, from the dice. */
    int below(int bound) {
        return dice.nextInt(bound);
    }

    void step(String format, Object... arguments) {
        say.accept("    " + String.format(Locale.ROOT, format, arguments));
    }
}
