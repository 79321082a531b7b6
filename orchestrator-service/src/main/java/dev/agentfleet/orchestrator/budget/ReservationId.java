package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;

/** Names a reservation: the same whenever its worker asks again. */
public record ReservationId(RunId runId, String workerId, long number) {

    static ReservationId of(ReserveBudget reserve) {
        return new ReservationId(reserve.runId(), reserve.workerId(), reserve.number());
    }

    static ReservationId of(SettleBudget settle) {
        return new ReservationId(settle.runId(), settle.workerId(), settle.number());
    }
}
