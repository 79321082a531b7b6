package dev.agentfleet.orchestrator.run;

import java.time.Duration;
import java.time.Instant;

/**
 * Neighbouring tasks whose first attempt was dispatched within one span of time. They share one queue timer, so that a
 * task that is served in time costs none.
 *
 * @param from first index
 * @param to one past the last index
 * @param until a dispatch before this time belongs here
 */
public record DispatchSlice(int from, int to, Instant until) {

    /** A queue limit is divided into so many spans: a task expires at most one of them late. */
    private static final int SPANS_PER_LIMIT = 16;

    static DispatchSlice startingAt(int index, Duration limit, Instant now) {
        return new DispatchSlice(index, index + 1, now.plus(limit.dividedBy(SPANS_PER_LIMIT)));
    }

    boolean takes(int index, Instant now) {
        return index == to && now.isBefore(until);
    }

    DispatchSlice with(int index) {
        return new DispatchSlice(from, index + 1, until);
    }

    DispatchSlice startingFrom(int index) {
        return new DispatchSlice(index, to, until);
    }
}
