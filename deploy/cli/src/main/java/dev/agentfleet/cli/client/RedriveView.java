package dev.agentfleet.cli.client;

import org.jspecify.annotations.Nullable;

/**
 * How far the redrive is that opened a run's present revision.
 *
 * @param looked tasks that it has looked at, of all the run's tasks in order
 * @param taken how many of them it has taken up
 * @param rate most that it takes up in a second, where asked for
 * @param max most that it takes up in all, where asked for
 * @param ended whether it takes up no more
 */
public record RedriveView(
        int looked,
        int taken,
        @Nullable Integer rate,
        @Nullable Integer max,
        boolean ended) {}
