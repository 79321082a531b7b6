package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.BudgetReserved.Verdict;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import dev.agentfleet.orchestrator.budget.Reservation.State;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all budgets. When a reservation is granted, all that is spent and reserved is within the budget, and every call that was made is
 * one or the other; so a run is beyond its budget by no more than what its calls took beyond their estimates. See ADR 44. Not thread-safe.
 */
public final class BudgetBook {

    /** Others' calls end in seconds. */
    private static final Duration ASK_AFTER = Duration.ofMillis(250);

    /** How long what is settled is known. A message that comes twice, so far apart, counts twice: as spent. */
    static final Duration REMEMBERED = Duration.ofMinutes(2);

    /** For how long what counts as spent can still be corrected. */
    static final Duration CORRECTED = Duration.ofDays(1);

    private final BudgetStore store;
    private final Duration kept;
    private final TreeSet<Due> due = new TreeSet<>();
    private long now;

    /** @param kept how long a ledger is kept that nothing is heard of, should the end of its run be missed: longer than any run lives */
    public BudgetBook(BudgetStore store, Duration kept) {
        this.store = store;
        this.kept = kept;
        store.each(
                (run, ledger) -> due.add(Due.of(run, ledger.touched() + kept.toMillis())),
                (id, reservation) -> due.add(Due.of(id, reservation)));
    }

    /**
     * @param time the broker's time of the request, in milliseconds
     * @return the answer to the worker; null when there is none
     */
    public @Nullable BudgetReserved take(BudgetRequest request, long time) {
        pass(time);
        return switch (request) {
            case ReserveBudget reserve -> reserve(reserve);
            case SettleBudget settle -> {
                settle(settle);
                yield null;
            }
            case ForgetBudget forget -> {
                store.keep(forget.runId(), null);
                yield null;
            }
        };
    }

    private void pass(long time) {
        now = Math.max(now, time);
        while (!due.isEmpty() && due.first().at() <= now) {
            Due next = due.removeFirst();
            ReservationId id = next.reservation();
            if (id == null) {
                forgetIfOld(next.run());
            } else {
                end(id);
            }
        }
    }

    private @Nullable BudgetReserved reserve(ReserveBudget request) {
        ReservationId id = ReservationId.of(request);
        Reservation known = store.reservation(id);
        RunLedger ledger = ledger(request.runId());
        if (known != null) {
            // Its answer was lost. Of what is settled nobody waits for one.
            return known.state() == State.SETTLED ? null : answer(request, Verdict.GRANTED, ledger);
        }
        Verdict verdict = verdict(request, ledger);
        if (verdict == Verdict.GRANTED) {
            ledger = ledger.reserve(request.amount());
            keep(id, null, new Reservation(State.OPEN, request.amount(), after(request.within())));
        }
        store.keep(request.runId(), ledger);
        return answer(request, verdict, ledger);
    }

    private static Verdict verdict(ReserveBudget request, RunLedger ledger) {
        BudgetAmount most = request.budget().most();
        BudgetAmount spent = ledger.spent().plus(request.amount());
        if (!spent.fits(most)) {
            return Verdict.EXHAUSTED;
        }
        return spent.plus(ledger.reserved()).fits(most) ? Verdict.GRANTED : Verdict.WAIT;
    }

    private void settle(SettleBudget request) {
        ReservationId id = ReservationId.of(request);
        Reservation known = store.reservation(id);
        if (known == null || known.state() == State.SETTLED) {
            return;
        }
        if (store.ledger(request.runId()) != null) {
            RunLedger ledger = ledger(request.runId());
            boolean open = known.state() == State.OPEN;
            store.keep(
                    request.runId(),
                    open
                            ? ledger.settle(known.amount(), request.used())
                            : ledger.correct(known.amount(), request.used()));
        }
        keep(id, known, new Reservation(State.SETTLED, known.amount(), after(REMEMBERED)));
    }

    private void end(ReservationId id) {
        Reservation over = store.reservation(id);
        RunLedger ledger = store.ledger(id.runId());
        if (over != null && over.state() == State.OPEN && ledger != null) {
            store.keep(id.runId(), ledger.settle(over.amount(), over.amount()));
            keep(id, over, new Reservation(State.LAPSED, over.amount(), after(CORRECTED)));
        } else {
            store.keep(id, null);
        }
    }

    private void forgetIfOld(RunId run) {
        RunLedger ledger = store.ledger(run);
        if (ledger != null && ledger.touched() + kept.toMillis() > now) {
            due.add(Due.of(run, ledger.touched() + kept.toMillis()));
        } else {
            store.keep(run, null);
        }
    }

    private RunLedger ledger(RunId run) {
        RunLedger known = store.ledger(run);
        if (known != null) {
            return known.at(now);
        }
        due.add(Due.of(run, after(kept)));
        return RunLedger.blank(now);
    }

    private void keep(ReservationId id, @Nullable Reservation before, Reservation next) {
        if (before != null) {
            due.remove(Due.of(id, before));
        }
        store.keep(id, next);
        due.add(Due.of(id, next));
    }

    private long after(Duration span) {
        return now + span.toMillis();
    }

    private static BudgetReserved answer(ReserveBudget request, Verdict verdict, RunLedger ledger) {
        return new BudgetReserved(
                request.runId(),
                request.workerId(),
                request.number(),
                verdict,
                ledger.spent(),
                verdict == Verdict.WAIT ? ASK_AFTER : null);
    }
}
