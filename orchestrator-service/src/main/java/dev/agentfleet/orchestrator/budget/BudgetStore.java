package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.RunId;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where ledgers and reservations are kept. */
public interface BudgetStore {

    @Nullable
    RunLedger ledger(RunId run);

    /** @param ledger null: it is forgotten */
    void keep(RunId run, @Nullable RunLedger ledger);

    @Nullable
    Reservation reservation(ReservationId id);

    /** @param reservation null: it is forgotten */
    void keep(ReservationId id, @Nullable Reservation reservation);

    /** All that is kept. */
    void each(BiConsumer<RunId, RunLedger> ledgers, BiConsumer<ReservationId, Reservation> reservations);
}
