package dev.agentfleet.cli.client;

import dev.agentfleet.contract.RedriveFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what lies in the dead letters to be done again, of whatever runs.
 *
 * @param since a time back from now, or an instant, as REST takes it
 * @param cursor the next of an earlier answer
 * @param rate most tasks taken up in a second, of all runs together
 * @param max most tasks taken up, of all runs together
 * @param dryRun whether nothing is to be done but to say what would be
 */
public record LetterRedrive(
        @Nullable RedriveFilter filter,
        @Nullable String since,
        @Nullable String cursor,
        @Nullable Integer rate,
        @Nullable Integer max,
        boolean dryRun) {}
