package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

final class InMemoryBudgetStore implements BudgetStore {

    final Map<RunId, RunLedger> ledgers = new HashMap<>();
    final Map<ReservationId, Reservation> reservations = new HashMap<>();

    @Override
    public @Nullable RunLedger ledger(RunId run) {
        return ledgers.get(run);
    }

    @Override
    public void keep(RunId run, @Nullable RunLedger ledger) {
        if (ledger == null) {
            ledgers.remove(run);
        } else {
            ledgers.put(run, ledger);
        }
    }

    @Override
    public @Nullable Reservation reservation(ReservationId id) {
        return reservations.get(id);
    }

    @Override
    public void keep(ReservationId id, @Nullable Reservation reservation) {
        if (reservation == null) {
            reservations.remove(id);
        } else {
            reservations.put(id, reservation);
        }
    }

    @Override
    public void each(BiConsumer<RunId, RunLedger> ofRuns, BiConsumer<ReservationId, Reservation> ofCalls) {
        ledgers.forEach(ofRuns);
        reservations.forEach(ofCalls);
    }
}
