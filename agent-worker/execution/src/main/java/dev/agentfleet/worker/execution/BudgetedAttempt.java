package dev.agentfleet.worker.execution;

import dev.agentfleet.contract.RunBudget;
import org.jspecify.annotations.Nullable;

/** An attempt whose run may have a budget. */
public interface BudgetedAttempt {

    /** What all attempts of its run together may use of models; null: no limit. */
    @Nullable
    RunBudget budget();
}
