package dev.agentfleet.cli.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a process took, and those that bore its name before it.
 *
 * @param heapMegabytes live after a collection at the end of the last round; null when it had ended by then
 * @param cpuSeconds in all rounds that count, without what one took to end after it was asked to
 */
record ProcessFigures(String name, @Nullable Long heapMegabytes, double cpuSeconds) {}
