package dev.agentfleet.worker.execution;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.Tokens;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.worker.attempt.AttemptId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the code of one attempt may know and say. Asks its execution for everything that changes. */
final class AttemptContext implements AgentContext, AttemptClock, BudgetedAttempt {

    private final AttemptId id;
    private final @Nullable RunBudget budget;
    private final Execution execution;
    private final List<Runnable> cancelActions = new ArrayList<>(0);
    private boolean cancelled;

    AttemptContext(AttemptId id, @Nullable RunBudget budget, Execution execution) {
        this.id = id;
        this.budget = budget;
        this.execution = execution;
    }

    @Override
    public String taskId() {
        return id.taskId().toString();
    }

    @Override
    public int attempt() {
        return id.attempt();
    }

    @Override
    public Duration remaining() {
        return execution.remaining();
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                cancelActions.add(action);
                return;
            }
        }
        start(action);
    }

    @Override
    public void progress(double share, String note) {
        execution.progress(share, note);
    }

    @Override
    public void cost(long inputTokens, long outputTokens, BigDecimal usd) {
        execution.spend(Cost.of(inputTokens, outputTokens, usd));
    }

    @Override
    public void cost(Tokens tokens, BigDecimal usd) {
        execution.spend(Cost.of(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheWrite(), usd));
    }

    @Override
    public @Nullable RunBudget budget() {
        return budget;
    }

    @Override
    public void stop() {
        execution.stopClock();
    }

    @Override
    public void go() {
        execution.startClock();
    }

    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = List.copyOf(cancelActions);
            cancelActions.clear();
        }
        actions.forEach(AttemptContext::start);
    }

    /** A thread for each, so that a slow action delays neither the others nor the worker. */
    private static void start(Runnable action) {
        Thread.ofVirtual().name("cancel-action").start(action);
    }
}
