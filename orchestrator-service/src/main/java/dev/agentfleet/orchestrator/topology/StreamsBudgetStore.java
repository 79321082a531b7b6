package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.budget.BudgetStore;
import dev.agentfleet.orchestrator.budget.Reservation;
import dev.agentfleet.orchestrator.budget.ReservationId;
import dev.agentfleet.orchestrator.budget.RunLedger;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Budgets in a state store: a ledger under {@code runId}, a reservation under {@code runId/workerId/number}. */
record StreamsBudgetStore(KeyValueStore<Bytes, byte[]> store) implements BudgetStore {

    static final String BUDGETS = "budgets";

    private static final char SEPARATOR = '/';

    @Override
    public @Nullable RunLedger ledger(RunId run) {
        return read(StateJson.BUDGET, key(run));
    }

    @Override
    public void keep(RunId run, @Nullable RunLedger ledger) {
        keep(StateJson.BUDGET, key(run), ledger);
    }

    @Override
    public @Nullable Reservation reservation(ReservationId id) {
        return read(StateJson.RESERVATION, key(id));
    }

    @Override
    public void keep(ReservationId id, @Nullable Reservation reservation) {
        keep(StateJson.RESERVATION, key(id), reservation);
    }

    @Override
    public void each(BiConsumer<RunId, RunLedger> ledgers, BiConsumer<ReservationId, Reservation> reservations) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String key = new String(entry.key.get(), StandardCharsets.UTF_8);
                int run = key.indexOf(SEPARATOR);
                if (run < 0) {
                    ledgers.accept(new RunId(key), StateJson.BUDGET.read(entry.value));
                } else {
                    reservations.accept(id(key, run), StateJson.RESERVATION.read(entry.value));
                }
            }
        }
    }

    private <T> @Nullable T read(StateJson<T> form, Bytes key) {
        byte[] stored = store.get(key);
        return stored == null ? null : form.read(stored);
    }

    private <T> void keep(StateJson<T> form, Bytes key, @Nullable T state) {
        if (state == null) {
            store.delete(key);
        } else {
            store.put(key, form.write(state));
        }
    }

    private static ReservationId id(String key, int run) {
        int worker = key.lastIndexOf(SEPARATOR);
        return new ReservationId(
                new RunId(key.substring(0, run)),
                key.substring(run + 1, worker),
                Long.parseLong(key.substring(worker + 1)));
    }

    private static Bytes key(RunId run) {
        return bytes(run.value());
    }

    private static Bytes key(ReservationId id) {
        return bytes(id.runId().value() + SEPARATOR + id.workerId() + SEPARATOR + id.number());
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
