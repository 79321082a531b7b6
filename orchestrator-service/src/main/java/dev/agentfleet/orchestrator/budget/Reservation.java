package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.BudgetAmount;

/**
 * A part of a budget that was granted to a call.
 *
 * @param until broker time in milliseconds at which its state ends
 */
public record Reservation(State state, BudgetAmount amount, long until) {

    /** How far it is. */
    public enum State {
        /** The call may be under way. Then it lapses. */
        OPEN,
        /** Nobody told of it in time: it counts as spent, until somebody does. Then it is forgotten. */
        LAPSED,
        /** What was used is told. It is known for a while, so that a message that comes twice counts once. */
        SETTLED
    }

    Reservation lapsed(long end) {
        return new Reservation(State.LAPSED, amount, end);
    }

    Reservation settled(long end) {
        return new Reservation(State.SETTLED, amount, end);
    }
}
