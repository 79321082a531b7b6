package dev.agentfleet.cli.bench;

import org.jspecify.annotations.Nullable;

/**
 * A figure and what it should reach.
 *
 * @param must the least that counts as good on the machine of the design (two cores, everything on it); null where none is set
 * @param aim what to go for
 * @param beside what the baseline is
 */
record Goal(
        String figure,
        Unit unit,
        @Nullable Double must,
        @Nullable Double aim,
        String beside) {}
