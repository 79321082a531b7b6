package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.AskPermits.TokenCorrection;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.RateSnapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A lane's ledger while an event is worked in. Not thread-safe. */
final class LaneDraft {

    /** Of the limits, right when a hold ends. */
    private static final double FIRST_SHARE = 0.1;

    QuotaLimits limits;

    @Nullable
    Hold hold;

    private final QuotaLimits configured;
    private final QuotaRules rules;
    private final long now;
    private final NavigableMap<Long, QuotaAmount> used;
    private final List<OpenGrant> open;
    private final List<Place> places;
    private @Nullable Foreign foreign;

    LaneDraft(LaneLedger lane, QuotaRules rules, long time) {
        this.limits = lane.limits();
        this.configured = lane.configured();
        this.hold = lane.hold();
        this.rules = rules;
        this.now = Math.max(time, lane.now());
        this.used = new TreeMap<>(lane.used());
        this.open = new ArrayList<>(lane.open());
        this.places = new ArrayList<>(lane.places());
        this.foreign = lane.foreign();
        expire();
    }

    LaneLedger ledger() {
        return new LaneLedger(limits, configured, now, used, open, places, hold, foreign);
    }

    long now() {
        return now;
    }

    /** Forgets what counts no more. Grants that nobody told of count from when they expired. */
    void expire() {
        for (Iterator<OpenGrant> grants = open.iterator(); grants.hasNext(); ) {
            OpenGrant grant = grants.next();
            // For as long again its worker may still tell how much of it was used.
            if (grant.at() + 2 * rules.validFor() <= now) {
                grants.remove();
                use(grant.at() + rules.validFor(), grant.amount());
            }
        }
        used.headMap(now - rules.window(), true).clear();
        places.removeIf(place -> place.seenAt() + rules.place() <= now);
        if (foreign != null && foreign.until() <= now) {
            foreign = null;
        }
        if (hold != null && hold.until() + rules.ramp() <= now) {
            hold = null;
        }
    }

    /** A worker tells what became of a grant. Only the first word on each counts, and never for more than was granted. */
    void settle(String worker, SpentGrant spent) {
        for (Iterator<OpenGrant> grants = open.iterator(); grants.hasNext(); ) {
            OpenGrant grant = grants.next();
            if (grant.is(worker, spent.number())) {
                grants.remove();
                long by = Math.clamp(spent.byMillis(), 0, rules.validFor());
                use(grant.at() + by, spent.used().atMost(grant.amount()));
                return;
            }
        }
    }

    /** What was used beyond an estimate counts from now on; what was not used is taken back from where it counts. */
    void correct(TokenCorrection tokens) {
        QuotaAmount more = new QuotaAmount(0, Math.max(0, tokens.inputTokens()), Math.max(0, tokens.outputTokens()));
        use(now, more);
        QuotaAmount less = new QuotaAmount(0, Math.max(0, -tokens.inputTokens()), Math.max(0, -tokens.outputTokens()));
        long from = tokens.grantedAt().toEpochMilli();
        for (Map.Entry<Long, QuotaAmount> span : used.subMap(
                        from, true, rules.spanEnd(from + rules.validFor() + rules.slack()), true)
                .entrySet()) {
            QuotaAmount taken = less.atMost(span.getValue());
            span.setValue(span.getValue().minus(taken));
            less = less.minus(taken);
        }
    }

    private void use(long by, QuotaAmount amount) {
        if (!amount.none()) {
            used.merge(rules.spanEnd(by + rules.slack()), amount, QuotaAmount::plus);
        }
    }

    /** Where the provider says that less is left than we know of, others use its limits too. Never more than the limits. */
    void observe(RateSnapshot seen) {
        QuotaAmount free = limits.amount().minus(counted());
        QuotaAmount less = new QuotaAmount(
                missing(limits.requests(), free.requests(), seen.requests()),
                missing(limits.inputTokens(), free.inputTokens(), seen.inputTokens()),
                missing(limits.outputTokens(), free.outputTokens(), seen.outputTokens()));
        long span = seen.reset() == null
                ? rules.window()
                : Math.min(rules.window(), seen.reset().toMillis());
        foreign = less.none() ? null : new Foreign(now + span, less);
    }

    private static long missing(@Nullable Long limit, long free, @Nullable Long left) {
        return limit == null || left == null ? 0 : Math.max(0, free - left);
    }

    void grant(String worker, long number, QuotaAmount amount) {
        places.removeIf(place -> place.workerId().equals(worker));
        open.add(new OpenGrant(worker, number, now, amount));
    }

    /** A call that no limit allows waits in nobody's way. */
    void wait(String worker, QuotaAmount first) {
        if (!first.fits(limits.amount())) {
            places.removeIf(place -> place.workerId().equals(worker));
            return;
        }
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).workerId().equals(worker)) {
                places.set(i, new Place(worker, now, first));
                return;
            }
        }
        places.add(new Place(worker, now, first));
    }

    boolean isHeld() {
        return hold != null && now < hold.until();
    }

    long heldFor() {
        return hold == null ? 0 : Math.max(0, hold.until() - now);
    }

    boolean isOpening() {
        return hold != null && !isHeld();
    }

    /** What may be granted now to this worker. */
    QuotaAmount open(String worker) {
        return left().minus(setAside(worker));
    }

    /** What is left of the lane's limits. */
    QuotaAmount left() {
        return allowed().minus(taken());
    }

    private QuotaAmount allowed() {
        QuotaAmount all = limits.amount();
        if (hold == null) {
            return all;
        }
        double passed = rules.ramp() == 0 ? 1 : (double) (now - hold.until()) / rules.ramp();
        double share = Math.clamp(FIRST_SHARE + (1 - FIRST_SHARE) * passed, 0, 1);
        return new QuotaAmount(Math.max(1, (long) (all.requests() * share)), (long) (all.inputTokens() * share), (long)
                (all.outputTokens() * share));
    }

    /** What we know of, and what others use. */
    private QuotaAmount taken() {
        QuotaAmount all = counted();
        return foreign == null ? all : all.plus(foreign.amount());
    }

    private QuotaAmount counted() {
        QuotaAmount sum = QuotaAmount.NONE;
        for (QuotaAmount amount : used.values()) {
            sum = sum.plus(amount);
        }
        for (OpenGrant grant : open) {
            sum = sum.plus(grant.amount());
        }
        return sum;
    }

    /** What those need who came before the worker. */
    private QuotaAmount setAside(String worker) {
        QuotaAmount sum = QuotaAmount.NONE;
        for (Place place : places) {
            if (place.workerId().equals(worker)) {
                return sum;
            }
            sum = sum.plus(place.first());
        }
        return sum;
    }

    /** How long until the worker's first call fits, if nothing is told and nobody else asks meanwhile. */
    long untilFree(String worker, QuotaAmount first) {
        QuotaAmount need = first.plus(setAside(worker));
        QuotaAmount taken = taken();
        QuotaAmount allowed = allowed();
        for (Map.Entry<Long, QuotaAmount> span : used.entrySet()) {
            taken = taken.minus(span.getValue());
            if (need.fits(allowed.minus(taken))) {
                return span.getKey() + rules.window() - now;
            }
        }
        return Long.MAX_VALUE;
    }
}
