package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.BudgetAmount;

/**
 * What is known of a run's budget.
 *
 * @param spent what calls took, or may have taken
 * @param reserved for calls that may be under way
 * @param touched broker time of its newest event, in milliseconds
 */
public record RunLedger(BudgetAmount spent, BudgetAmount reserved, long touched) {

    static RunLedger blank(long now) {
        return new RunLedger(BudgetAmount.NONE, BudgetAmount.NONE, now);
    }

    RunLedger at(long now) {
        return new RunLedger(spent, reserved, now);
    }

    RunLedger reserve(BudgetAmount amount) {
        return new RunLedger(spent, reserved.plus(amount), touched);
    }

    /** In place of what was reserved, this is spent. */
    RunLedger settle(BudgetAmount amount, BudgetAmount used) {
        return new RunLedger(spent.plus(used), reserved.minus(amount), touched);
    }

    /** In place of what was taken as spent, this is. */
    RunLedger correct(BudgetAmount taken, BudgetAmount used) {
        return new RunLedger(spent.minus(taken).plus(used), reserved, touched);
    }
}
