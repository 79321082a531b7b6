package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.RateSnapshot;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The permit of a lane of which nothing was ever heard. */
record FreePermit(Supplier<LaneGate> gate) implements Permit {

    @Override
    public boolean sent() {
        return true;
    }

    @Override
    public void settle(long inputTokens, long outputTokens) {}

    @Override
    public void seen(RateSnapshot snapshot) {}

    @Override
    public void refused(@Nullable Duration retryAfter, String reason) {
        gate.get().refused(retryAfter, reason);
    }

    @Override
    public void close() {}
}
