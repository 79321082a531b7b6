package dev.agentfleet.orchestrator.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.BudgetReserved.Verdict;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One run's tasks, in parallel on workers that ask, call, settle, pause and die as a seed has it, until each was told that the budget is
 * exhausted. Messages in between are late, lost and doubled, and the owner is replaced. What was really used is kept.
 */
final class SimulatedRun {

    static final long LARGEST_CALL = 500;

    private static final RunId RUN = new RunId("run-1");
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(400);
    private static final long PATIENCE = 2_000;
    private static final long LONGEST_WAIT = 5_000;
    private static final long LONGEST_CALL = 20_000;

    /** How likely what is. */
    record Trouble(
            double lost, double doubled, double slow, double replaced, double dies, double pauses, double beyond) {
        static final Trouble NONE = new Trouble(0, 0, 0, 0, 0, 0, 0);
    }

    private record Event(long at, long order, Runnable action) {}

    private static final class Worker {
        private final String id;
        private boolean dead;

        Worker(String id) {
            this.id = id;
        }
    }

    private final class Call {
        private final Worker worker;
        private final ReservationId id;
        private final long estimate = 1 + random.nextLong(LARGEST_CALL);
        private boolean decided;
        private int asked;
        private int waits;
        private long beyond;
        private long settledAt = Long.MAX_VALUE;

        Call(Worker worker) {
            this.worker = worker;
            this.id = new ReservationId(RUN, worker.id, calls.size());
            calls.put(id, this);
            ask();
        }

        private void ask() {
            BudgetAmount amount = tokens(reserving ? estimate : 0);
            toOwner(new ReserveBudget(RUN, worker.id, id.number(), amount, budget, WITHIN));
            askAgain(PATIENCE);
        }

        private void askAgain(long pause) {
            int ask = ++asked;
            after(pause, () -> {
                if (!worker.dead && !decided && ask == asked) {
                    ask();
                }
            });
        }

        private void answered(Verdict verdict) {
            if (worker.dead || decided) {
                return;
            }
            decided = verdict != Verdict.WAIT;
            if (verdict == Verdict.WAIT) {
                askAgain(Math.min(LONGEST_WAIT, 250L << Math.min(waits++, 6)));
            } else if (verdict == Verdict.GRANTED) {
                after(chance(trouble.pauses()) ? 2 * WITHIN.toMillis() : 0, this::make);
            }
        }

        private void make() {
            if (worker.dead) {
                return;
            }
            beyond = chance(trouble.beyond()) ? random.nextLong(LARGEST_CALL) : 0;
            long took = beyond > 0 ? estimate + beyond : 1 + random.nextLong(estimate);
            used += took;
            after(100 + random.nextLong(LONGEST_CALL), () -> {
                worker.dead |= worker != immortal && chance(trouble.dies());
                if (!worker.dead) {
                    toOwner(new SettleBudget(RUN, worker.id, id.number(), tokens(took)));
                    new Call(worker);
                }
            });
        }
    }

    private final RunBudget budget;
    private final Trouble trouble;
    private final boolean reserving;
    private final Random random;
    private final InMemoryBudgetStore store = new InMemoryBudgetStore();
    private final Worker immortal = new Worker("worker-0");
    private final Map<ReservationId, Call> calls = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private BudgetBook book = new BudgetBook(store, KEPT);
    private long now = 1_000_000;
    private long order;
    private long used;
    private long lastGrant;

    /** @param reserving whether calls reserve what they may take; else the owner hears of it when they are over */
    SimulatedRun(long tokens, Trouble trouble, boolean reserving, long seed) {
        this.budget = new RunBudget(tokens, null);
        this.trouble = trouble;
        this.reserving = reserving;
        this.random = new Random(seed);
    }

    /** Ends when nobody has anything left to do. */
    void run(int workers, int tasksEach) {
        for (int i = 0; i < workers; i++) {
            Worker worker = i == 0 ? immortal : new Worker("worker-" + i);
            for (int j = 0; j < tasksEach; j++) {
                after(random.nextLong(2_000), () -> new Call(worker));
            }
        }
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at();
            next.action().run();
        }
    }

    /** By all calls that were made. */
    long used() {
        return used;
    }

    /** What calls took beyond their estimates of which the owner did not know when it made its last grant. */
    long unforeseen() {
        return calls.values().stream()
                .filter(call -> call.settledAt > lastGrant)
                .mapToLong(call -> call.beyond)
                .sum();
    }

    long spent() {
        RunLedger ledger = store.ledger(RUN);
        return ledger == null ? 0 : ledger.spent().tokens();
    }

    /** What is still kept of calls after days without a word. */
    int leftovers() {
        book.take(
                new ForgetBudget(new RunId("another")),
                now + Duration.ofHours(1).toMillis());
        book.take(
                new ForgetBudget(new RunId("another")), now + Duration.ofDays(2).toMillis());
        return store.reservations.size();
    }

    private void toOwner(BudgetRequest request) {
        send(() -> {
            if (chance(trouble.replaced())) {
                book = new BudgetBook(store, KEPT);
            }
            boolean fresh =
                    request instanceof ReserveBudget reserve && store.reservation(ReservationId.of(reserve)) == null;
            BudgetReserved answer = book.take(request, now);
            order++;
            if (request instanceof SettleBudget settle) {
                Call call = call(ReservationId.of(settle));
                call.settledAt = Math.min(call.settledAt, order);
            }
            if (answer != null) {
                if (fresh && answer.verdict() == Verdict.GRANTED) {
                    lastGrant = order;
                }
                toWorker(answer);
            }
        });
    }

    private void toWorker(BudgetReserved answer) {
        Call call = call(new ReservationId(answer.runId(), answer.workerId(), answer.number()));
        send(() -> call.answered(answer.verdict()));
    }

    private Call call(ReservationId id) {
        return Objects.requireNonNull(calls.get(id));
    }

    private void send(Runnable arrival) {
        if (!chance(trouble.lost())) {
            after(delay(), arrival);
        }
        if (chance(trouble.doubled())) {
            after(delay(), arrival);
        }
    }

    private long delay() {
        return 5 + random.nextLong(chance(trouble.slow()) ? 15_000 : 200);
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private void after(long millis, Runnable action) {
        events.add(new Event(now + millis, order++, action));
    }

    private static BudgetAmount tokens(long count) {
        return new BudgetAmount(count, 0);
    }
}
