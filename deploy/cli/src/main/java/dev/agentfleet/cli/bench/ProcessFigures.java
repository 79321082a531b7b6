package dev.agentfleet.cli.bench;

/**
 * What a process took.
 *
 * @param heapMegabytes live after a collection at the end of the last round
 * @param cpuSeconds in all rounds that count
 */
record ProcessFigures(String name, long heapMegabytes, double cpuSeconds) {}
