package dev.agentfleet.contract;

/** What the owner of the budgets is asked and told, on {@code fleet.quota.requests}, keyed by runId. */
public sealed interface BudgetRequest extends Message permits ReserveBudget, SettleBudget, ForgetBudget {

    RunId runId();
}
