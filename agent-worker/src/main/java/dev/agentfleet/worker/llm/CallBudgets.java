package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.budget.BudgetExhaustedException;
import dev.agentfleet.worker.budget.RunBudgets;
import dev.agentfleet.worker.execution.AttemptClock;
import dev.agentfleet.worker.execution.BudgetedAttempt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** What calls reserve of their runs' budgets. A call of a run without one asks nobody. */
@Singleton
public final class CallBudgets {

    /** A call may begin a while after it was reserved. Should it be longer, it counts as estimated until it ends. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final RunBudgets budgets;
    private final Prices prices;

    public CallBudgets(RunBudgets budgets, Prices prices) {
        this.budgets = budgets;
        this.prices = prices;
    }

    /**
     * Waits until the call may be made; meanwhile the attempt's clock stands still.
     *
     * @return to be closed in the end, whatever happened
     * @throws AgentFailureException with {@link LlmCode#BUDGET_EXHAUSTED} or {@link LlmCode#PRICE_UNKNOWN}
     * @throws CancellationException when the attempt must stop
     */
    BudgetedCall reserve(Provider provider, ModelRequest request, AgentContext context) {
        RunBudget budget = context instanceof BudgetedAttempt attempt ? attempt.budget() : null;
        if (budget == null) {
            return BudgetedCall.FREE;
        }
        var price = new CallPrice(prices, provider, request.model());
        BudgetAmount amount = price.estimate(request, budget);
        Duration within = shorter(context.remaining().plus(SLACK), RunOptions.MAX_DURATION);
        AttemptClock clock = context instanceof AttemptClock of ? of : AttemptClock.NONE;
        clock.stop();
        try {
            var reserved = budgets.reserve(TaskId.parse(context.taskId()).runId(), budget, amount, within);
            return new BudgetedCall(new BudgetedCall.Charge(reserved, price));
        } catch (BudgetExhaustedException e) {
            throw AgentFailureException.permanent(LlmCode.BUDGET_EXHAUSTED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The call of the model was stopped before it was made");
        } finally {
            clock.go();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
