package dev.agentfleet.worker.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.SettleBudget;
import java.util.function.Consumer;

/** A part of a run's budget that one call may use. */
public final class Reserved {

    private final ReserveBudget reservation;
    private final Consumer<BudgetRequest> owner;

    Reserved(ReserveBudget reservation, Consumer<BudgetRequest> owner) {
        this.reservation = reservation;
        this.owner = owner;
    }

    /** What was asked for: what the call may take. */
    public BudgetAmount amount() {
        return reservation.amount();
    }

    /** What the call took, more or less than was reserved. Only the first word counts. */
    public void settle(BudgetAmount used) {
        owner.accept(new SettleBudget(reservation.runId(), reservation.workerId(), reservation.number(), used));
    }
}
