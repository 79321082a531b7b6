package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides on the events of a lane. A grant made at broker time {@code t} is used within {@code validFor} of its ask, so at the
 * latest {@code validFor} after {@code t}; it counts for a window from then on, or from when its worker says that it was used
 * up. So whatever window is looked at: when the last grant used in it was made, all others used in it were counted. See ADR 41.
 */
public final class LaneDecisions {

    /** No worker takes more at a time than this part of a limit: others ask at the same time. */
    private static final int BLOCKS = 20;

    private static final long LEAST_ASK_AFTER = 10;
    private static final int RAMP_LOOKS = 20;
    /** A hold that grows by less is not told again: many calls are refused at once. */
    private static final long GROWTH_TOLD = 500;

    private static final int MOST_DOUBLINGS = 5;

    private final QuotaRules rules;

    public LaneDecisions(QuotaRules rules) {
        this.rules = rules;
    }

    /** @param time the broker's time of the request, in milliseconds */
    public LaneAnswer decide(LaneLedger lane, QuotaRequest request, long time) {
        LaneDraft draft = new LaneDraft(lane, rules, time);
        return switch (request) {
            case AskPermits ask -> asked(draft, ask);
            case LimitLane limit -> limited(draft, limit);
            case HoldLane hold -> refused(draft, hold);
        };
    }

    private static LaneAnswer limited(LaneDraft draft, LimitLane limit) {
        draft.limits = limit.limits();
        return new LaneAnswer(draft.ledger(), null, limit);
    }

    private LaneAnswer refused(LaneDraft draft, HoldLane refusal) {
        long now = draft.now();
        Hold before = draft.hold;
        boolean held = before != null && now < before.until();
        boolean opening = before != null && !held && now < before.until() + rules.ramp();
        int again = before == null ? 0 : held ? before.again() : opening ? before.again() + 1 : 0;
        long asked = refusal.hold() == null
                ? rules.hold() << Math.min(again, MOST_DOUBLINGS)
                : refusal.hold().toMillis();
        long until = now + Math.clamp(asked, 0, QuotaRules.MOST_HOLD);
        if (before != null && held && until < before.told() + GROWTH_TOLD) {
            draft.hold = new Hold(Math.max(until, before.until()), before.told(), again);
            return new LaneAnswer(draft.ledger(), null, null);
        }
        draft.hold = new Hold(until, until, again);
        HoldLane told = new HoldLane(refusal.lane(), Duration.ofMillis(until - now), refusal.reason());
        return new LaneAnswer(draft.ledger(), null, told);
    }

    private LaneAnswer asked(LaneDraft draft, AskPermits ask) {
        ask.spent().forEach(spent -> draft.settle(ask.workerId(), spent));
        ask.corrections().forEach(draft::correct);
        draft.expire();
        if (ask.seen() != null) {
            draft.observe(ask.seen());
        }
        if (ask.want().none()) {
            return new LaneAnswer(draft.ledger(), null, null);
        }
        return draft.limits.areNone() && !draft.isHeld() ? unlimited(draft, ask) : limited(draft, ask);
    }

    private LaneAnswer unlimited(LaneDraft draft, AskPermits ask) {
        QuotaAmount left = QuotaLimits.NONE.amount();
        return new LaneAnswer(draft.ledger(), granted(draft, ask, ask.want(), 0, left), null);
    }

    private LaneAnswer limited(LaneDraft draft, AskPermits ask) {
        QuotaAmount open = draft.open(ask.workerId());
        boolean fits = !draft.isHeld() && ask.first().fits(open);
        QuotaAmount amount = fits ? part(draft, ask, open) : QuotaAmount.NONE;
        if (fits) {
            draft.grant(ask.workerId(), ask.number(), amount);
        } else {
            draft.wait(ask.workerId(), ask.first());
        }
        long after = fits ? 0 : untilOpen(draft, ask);
        PermitsGranted answer = granted(draft, ask, amount, after, draft.left());
        return new LaneAnswer(draft.ledger(), answer, null);
    }

    /** As much of each kind as keeps the shape of what is wanted; at least the first call. */
    private static QuotaAmount part(LaneDraft draft, AskPermits ask, QuotaAmount open) {
        QuotaAmount want = ask.want();
        QuotaAmount limit = draft.limits.amount();
        double share = 1;
        share = Math.min(share, share(want.requests(), open.requests(), limit.requests()));
        share = Math.min(share, share(want.inputTokens(), open.inputTokens(), limit.inputTokens()));
        share = Math.min(share, share(want.outputTokens(), open.outputTokens(), limit.outputTokens()));
        QuotaAmount part = new QuotaAmount(
                Math.max(ask.first().requests(), (long) (want.requests() * share)),
                Math.max(ask.first().inputTokens(), (long) (want.inputTokens() * share)),
                Math.max(ask.first().outputTokens(), (long) (want.outputTokens() * share)));
        return part.atMost(open);
    }

    private static double share(long want, long open, long limit) {
        return want == 0 ? 1 : (double) Math.min(open, Math.ceilDiv(limit, BLOCKS)) / want;
    }

    private long untilOpen(LaneDraft draft, AskPermits ask) {
        long most = rules.place() / 2;
        if (draft.isHeld()) {
            return Math.clamp(draft.heldFor(), LEAST_ASK_AFTER, most);
        }
        long wait = draft.untilFree(ask.workerId(), ask.first());
        long look = draft.isOpening() ? Math.max(LEAST_ASK_AFTER, rules.ramp() / RAMP_LOOKS) : most;
        return Math.clamp(Math.min(wait, look), LEAST_ASK_AFTER, most);
    }

    private PermitsGranted granted(
            LaneDraft draft, AskPermits ask, QuotaAmount amount, long askAfter, QuotaAmount left) {
        return new PermitsGranted(
                ask.lane(),
                ask.workerId(),
                ask.number(),
                amount,
                Instant.ofEpochMilli(draft.now()),
                Duration.ofMillis(rules.validFor()),
                Duration.ofMillis(askAfter),
                left);
    }
}
