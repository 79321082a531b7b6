package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.RateSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Leave to make one call, for a short while. Thread-safe. */
public interface Permit extends AutoCloseable {

    /**
     * The call is sent now. False when the permit has expired, or its lane is held: then the call must not be sent, and
     * another permit is needed. Asking twice counts once.
     */
    boolean sent();

    /** What the call took in the end, where that is known; what is beyond the estimate or below it is made good. */
    void settle(long inputTokens, long outputTokens);

    /** What the provider said is left of its limits, with its answer. */
    void seen(RateSnapshot snapshot);

    /**
     * The provider refuses, or is out: the lane is held for the whole fleet.
     *
     * @param retryAfter for how long the provider asks to be left alone; null when it does not say
     * @param reason such as the status of its answer; nothing secret
     */
    void refused(@Nullable Duration retryAfter, String reason);

    /** Gives back what was not sent. */
    @Override
    void close();
}
