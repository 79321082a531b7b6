package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.RunId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something of a run to be looked at, earliest first.
 *
 * @param at broker time in milliseconds
 * @param reservation null: the run's ledger
 */
record Due(long at, RunId run, @Nullable ReservationId reservation) implements Comparable<Due> {

    private static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at)
            .thenComparing(Due::run)
            .thenComparing(Due::worker)
            .thenComparingLong(Due::number);

    static Due of(RunId run, long at) {
        return new Due(at, run, null);
    }

    static Due of(ReservationId id, Reservation reservation) {
        return new Due(reservation.until(), id.runId(), id);
    }

    private String worker() {
        return reservation == null ? "" : reservation.workerId();
    }

    private long number() {
        return reservation == null ? 0 : reservation.number();
    }

    @Override
    public int compareTo(Due other) {
        return ORDER.compare(this, other);
    }
}
