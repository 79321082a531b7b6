package dev.agentfleet.cli.bench;

import java.util.Arrays;

/** Durations of many like things, in order of size. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double HUNDRED = 100;

    private final long[] nanos;

    Latencies(long[] nanos) {
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    /** The smallest that is at least as large as so many percent of all (nearest rank). */
    double millis(int percent) {
        int rank = (int) Math.ceil(percent / HUNDRED * nanos.length);
        return nanos[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }
}
