package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.Tokens;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.worker.execution.AttemptClock;
import dev.agentfleet.worker.execution.BudgetedAttempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that has as much time left as the test says, and adds up what it is told. */
final class TestAttempt implements AgentContext, AttemptClock, BudgetedAttempt {

    private final List<Runnable> cancelActions = new ArrayList<>();
    private boolean cancelled;
    private volatile Duration remaining = Duration.ofMinutes(1);
    private @Nullable Cost cost;
    private @Nullable RunBudget budget;
    private int stops;
    private int goes;

    TestAttempt withRemaining(Duration left) {
        remaining = left;
        return this;
    }

    TestAttempt withBudget(RunBudget of) {
        budget = of;
        return this;
    }

    /** How often its clock stood still, and goes again. */
    synchronized int waits() {
        assertThat(goes).isEqualTo(stops);
        return stops;
    }

    synchronized void cancel() {
        cancelled = true;
        cancelActions.forEach(Thread::startVirtualThread);
    }

    synchronized @Nullable Cost spent() {
        return cost;
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
        return remaining;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        if (cancelled) {
            Thread.startVirtualThread(action);
        } else {
            cancelActions.add(action);
        }
    }

    @Override
    public @Nullable RunBudget budget() {
        return budget;
    }

    @Override
    public synchronized void stop() {
        stops++;
    }

    @Override
    public synchronized void go() {
        goes++;
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
}
