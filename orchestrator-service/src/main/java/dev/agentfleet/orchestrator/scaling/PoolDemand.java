package dev.agentfleet.orchestrator.scaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do for one pool, of all home partitions or some.
 *
 * @param waiting tasks that a free slot could start now: dispatched and not claimed, never dispatched as far as their runs'
 *     concurrency lets them go, and retries whose backoff is over. Not those of held runs, nor those that back off; but attempts
 *     too short to be claimed, as long as they run
 * @param running claimed attempts
 * @param oldest broker time since when the oldest waiting task waits: of tasks that were dispatched that of their dispatch, of others
 *     that at which their run could start; null when none waits
 * @param ended how long attempts took that ended
 */
public record PoolDemand(
        long waiting, long running, @Nullable Instant oldest, AttemptTime ended) {

    public static final PoolDemand NONE = new PoolDemand(0, 0, null, AttemptTime.NONE);

    public PoolDemand plus(PoolDemand other) {
        return new PoolDemand(
                waiting + other.waiting,
                running + other.running,
                earlier(oldest, other.oldest),
                ended.plus(other.ended));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }
}
