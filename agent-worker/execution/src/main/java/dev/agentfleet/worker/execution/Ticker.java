package dev.agentfleet.worker.execution;

/** Elapsed time that no wall clock can disturb. */
@FunctionalInterface
public interface Ticker {

    /** As {@link System#nanoTime()}. */
    long nanos();
}
