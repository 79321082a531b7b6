package dev.agentfleet.orchestrator.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for: the first thing in its way, the lasting before the passing.
 *
 * @param text for people
 * @param until broker time at which the wait ends; null where that is not known
 */
public record WaitsFor(Reason reason, String text, @Nullable Instant until) {

    /** What can be in a task's way. */
    public enum Reason {
        /** The run ends early; the task's outcome follows. */
        STOPPING,
        /** The run starts later. */
        HELD,
        /** The run's redrive has yet to take it up. */
        REDRIVE,
        /** The next attempt is due later. */
        RETRY,
        /** The task's pool is not configured any more. */
        NO_POOL,
        /** No living worker takes work from the pool. */
        NO_WORKER,
        /** Workers of the pool live, none of them has the agent. */
        NO_AGENT,
        /** The run has as many tasks in flight as it may. */
        CONCURRENCY,
        /** The run's tasks are sent in order, and the next one is for another pool and cannot be sent. */
        ORDER,
        /** Every slot of the pool that could take it is busy, or the pool has as much work in hand as it may. */
        NO_SLOT,
        /** It runs, and calls of it wait, or waited, for the fleet's quota of a model. */
        QUOTA,
        /** Nothing is in its way. */
        TURN
    }

    WaitsFor(Reason reason, String text) {
        this(reason, text, null);
    }
}
