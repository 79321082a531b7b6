package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One owner and workers that ask, use, pause and die as a seed has it; in between there are delays of any kind. What a provider
 * would have seen is kept.
 */
final class SimulatedLane {

    static final Lane LANE = new Lane("anthropic", "main", "claude");

    /** What arrived at the provider, and when. */
    record Arrival(long at, QuotaAmount amount) {}

    private record Event(long at, long order, Runnable action) {}

    /** What a worker asked for and does not know the fate of. */
    private static final class Asked {
        private final long at;
        private final QuotaAmount call;
        private QuotaAmount used = QuotaAmount.NONE;
        private long lastUse;

        Asked(long at, QuotaAmount call) {
            this.at = at;
            this.call = call;
        }
    }

    private final class Worker {
        private final String id;
        private final Map<Long, Asked> asked = new HashMap<>();
        private final List<SpentGrant> spent = new ArrayList<>();
        private long number;
        private boolean dead;
        private long pausedUntil;

        Worker(int index) {
            this.id = "worker-" + index;
        }

        void ask() {
            if (dead) {
                return;
            }
            if (now < pausedUntil) {
                at(pausedUntil, this::ask);
                return;
            }
            if (strikes && random.nextInt(200) == 0) {
                dead = true;
                Worker next = new Worker(++workers);
                at(now + random.nextLong(rules.window() / 4), next::ask);
                return;
            }
            if (strikes && random.nextInt(200) == 0) {
                pausedUntil = now + random.nextLong(rules.window());
            }
            QuotaAmount call = QuotaAmount.call(tokens(limits.inputTokens()), tokens(limits.outputTokens()));
            long calls = 1 + random.nextInt(20);
            QuotaAmount want = new QuotaAmount(calls, call.inputTokens() * calls, call.outputTokens() * calls);
            long sentAt = now;
            number++;
            asked.put(number, new Asked(sentAt, call));
            AskPermits ask = new AskPermits(LANE, id, number, want, call, List.copyOf(spent), List.of(), null);
            spent.clear();
            at(now + delay(), () -> appended(this, ask));
        }

        private long tokens(@Nullable Long limit) {
            return limit == null ? 0 : random.nextLong(limit / 5);
        }

        void receive(PermitsGranted grant) {
            if (dead) {
                return;
            }
            if (now < pausedUntil) {
                at(pausedUntil, () -> receive(grant));
                return;
            }
            Asked it = asked.get(grant.number());
            if (it == null) {
                throw new IllegalStateException("nobody asked for " + grant);
            }
            long usableTo = it.at + rules.validFor() + (random.nextBoolean() ? late : 0);
            QuotaAmount rest = grant.amount();
            boolean usesAll = random.nextInt(4) > 0;
            while (it.call.fits(rest) && rest.requests() > 0 && now <= usableTo && (usesAll || random.nextBoolean())) {
                rest = rest.minus(it.call);
                long useAt = eager ? now : late > 0 ? usableTo : now + random.nextLong(usableTo - now + 1);
                it.used = it.used.plus(it.call);
                it.lastUse = Math.max(it.lastUse, useAt);
                arrivals.add(new Arrival(useAt + random.nextLong(rules.slack() + 1), it.call));
            }
            long done = Math.max(now, it.lastUse);
            at(done, () -> {
                asked.remove(grant.number());
                spent.add(new SpentGrant(grant.number(), Math.max(0, it.lastUse - it.at), it.used));
            });
            at(Math.max(done, now + grant.askAfter().toMillis()), this::ask);
        }
    }

    private final QuotaLimits limits;
    private final QuotaRules rules;
    private final Random random;
    private final boolean strikes;
    private final boolean eager;
    private final long late;
    private final LaneDecisions decisions;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Arrival> arrivals = new ArrayList<>();
    private LaneLedger ledger;
    private long now = 1_000_000;
    private long order;
    private long ownerFreeAt;
    private int workers;

    /**
     * @param strikes whether workers pause and die and the owner stands still at times
     * @param late how much later than they may workers use their permits
     */
    SimulatedLane(QuotaLimits limits, QuotaRules rules, long seed, boolean strikes, long late) {
        this.limits = limits;
        this.rules = rules;
        this.random = new Random(seed);
        this.strikes = strikes;
        this.eager = !strikes;
        this.late = late;
        this.decisions = new LaneDecisions(rules);
        this.ledger = LaneLedger.of(limits);
    }

    /** What the provider saw of so many workers until the time was over; sorted by time. */
    List<Arrival> run(int count, long span) {
        long end = now + span;
        while (workers < count) {
            Worker worker = new Worker(++workers);
            at(now + random.nextLong(strikes ? rules.window() : 100), worker::ask);
        }
        while (!events.isEmpty() && events.element().at() < end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals;
    }

    LaneLedger ledger() {
        return ledger;
    }

    private void appended(Worker worker, AskPermits ask) {
        long logTime = now;
        if (strikes && random.nextInt(100) == 0) {
            ownerFreeAt = now + random.nextLong(3 * rules.validFor());
        }
        ownerFreeAt = Math.max(now, ownerFreeAt);
        at(ownerFreeAt, () -> {
            LaneAnswer answer = decisions.decide(ledger, ask, logTime);
            ledger = answer.next();
            if (answer.granted() != null) {
                PermitsGranted granted = answer.granted();
                at(now + delay(), () -> worker.receive(granted));
            }
        });
    }

    private long delay() {
        return strikes && random.nextInt(10) == 0 ? random.nextLong(2 * rules.validFor()) : 1 + random.nextLong(20);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }
}
