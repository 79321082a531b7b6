package dev.agentfleet.worker.agents;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.Tokens;
import dev.agentfleet.contract.Cost;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The context of an agent that a test calls itself. */
public final class CalledDirectly implements AgentContext {

    private final List<Runnable> cancelActions = new ArrayList<>();
    private boolean cancelled;
    private @Nullable Cost cost;

    /** Starts the cancel actions, as a worker does. */
    public synchronized void cancel() {
        cancelled = true;
        cancelActions.forEach(Thread::startVirtualThread);
    }

    @Override
    public String taskId() {
        return "run/0";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Duration remaining() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        cancelActions.add(action);
    }

    @Override
    public void progress(double share, String note) {}

    @Override
    public synchronized void cost(long inputTokens, long outputTokens, BigDecimal usd) {
        cost = Cost.sum(cost, Cost.of(inputTokens, outputTokens, usd));
    }

    @Override
    public synchronized void cost(Tokens tokens, BigDecimal usd) {
        cost = Cost.sum(cost, Cost.of(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheWrite(), usd));
    }

    /** What it was told in all. */
    public synchronized @Nullable Cost spent() {
        return cost;
    }
}
