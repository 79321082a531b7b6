package dev.agentfleet.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One thing to measure. A round may be repeated on the same fleet. */
interface Scenario {
    String name();

    /** What is done, in a sentence with its sizes. */
    String description();

    /** Workers it starts with. */
    default int workers() {
        return 1;
    }

    /** Slots of each worker. */
    int slots();

    /** Configuration that is part of what is measured. */
    default Map<String, String> properties() {
        return Map.of();
    }

    List<Goal> goals();

    /** Done once before the first round. */
    default void warm(BenchFleet fleet) throws InterruptedException {}

    /** Whether {@link #warm} is enough; else rounds that do not count come first, as many as {@link WarmUp} asks for. */
    default boolean firstRoundCounts() {
        return false;
    }

    /** Whether a round leaves behind what a second one would measure too. */
    default boolean takenOnce() {
        return false;
    }

    /** Takes one figure for each goal. */
    List<Measured> round(BenchFleet fleet) throws IOException, InterruptedException;
}
