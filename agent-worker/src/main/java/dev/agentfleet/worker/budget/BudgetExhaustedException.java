package dev.agentfleet.worker.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.RunBudget;
import java.math.BigDecimal;
import java.util.Locale;

/** A call that the rest of its run's budget does not allow. The message names the limit, what is spent and what the call may take. */
public final class BudgetExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int NANO_DIGITS = 9;

    BudgetExhaustedException(RunBudget budget, BudgetAmount spent, BudgetAmount call) {
        super(explain(budget, spent, call));
    }

    private static String explain(RunBudget budget, BudgetAmount spent, BudgetAmount call) {
        BudgetAmount most = budget.most();
        boolean tokens = spent.plus(call).tokens() > most.tokens();
        return tokens
                ? "options.budget.maxTokens: " + grouped(spent.tokens()) + " of " + grouped(most.tokens())
                        + " tokens are spent, this call may take " + grouped(call.tokens())
                : "options.budget.maxUsd: " + dollars(spent.nanoUsd()) + " of " + dollars(most.nanoUsd())
                        + " US dollars are spent, this call may take " + dollars(call.nanoUsd());
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String dollars(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }
}
