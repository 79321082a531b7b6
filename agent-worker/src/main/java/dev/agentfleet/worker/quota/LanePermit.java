package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.RateSnapshot;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A permit of a lane that has, or had, limits or a hold. */
final class LanePermit implements Permit {

    private enum State {
        HELD,
        SENT,
        SETTLED,
        GONE
    }

    private final LaneGate gate;
    private final QuotaAmount call;
    private final @Nullable Block block;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    /** @param block what it is part of; null when its lane had no limits */
    LanePermit(LaneGate gate, QuotaAmount call, @Nullable Block block) {
        this.gate = gate;
        this.call = call;
        this.block = block;
    }

    @Override
    public boolean sent() {
        if (state.compareAndSet(State.HELD, State.SENT) && !gate.use(call, block)) {
            state.set(State.GONE);
        }
        return state.get() == State.SENT || state.get() == State.SETTLED;
    }

    @Override
    public void settle(long inputTokens, long outputTokens) {
        if (state.compareAndSet(State.SENT, State.SETTLED) && block != null) {
            gate.correct(block, inputTokens - call.inputTokens(), outputTokens - call.outputTokens());
        }
    }

    @Override
    public void seen(RateSnapshot snapshot) {
        gate.seen(snapshot);
    }

    @Override
    public void refused(@Nullable Duration retryAfter, String reason) {
        gate.refused(retryAfter, reason);
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.HELD, State.GONE) && block != null) {
            gate.giveBack(call, block);
        }
    }
}
