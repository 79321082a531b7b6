package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.AskPermits.TokenCorrection;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.RateSnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the owner of a lane does not know yet. Goes with the next ask, or alone after a while. Guarded by its lane. */
final class Tidings {

    private static final long WITHIN = 100_000_000;

    private record Tokens(long input, long output) {

        Tokens plus(Tokens more) {
            return new Tokens(bounded(input + more.input), bounded(output + more.output));
        }

        private static long bounded(long tokens) {
            return Math.clamp(tokens, -QuotaAmount.MOST, QuotaAmount.MOST);
        }
    }

    private final Deque<SpentGrant> spent = new ArrayDeque<>();
    private final TreeMap<Instant, Tokens> corrections = new TreeMap<>();
    private @Nullable RateSnapshot seen;
    private long since;
    private boolean fresh = true;

    void spent(SpentGrant grant) {
        spent.add(grant);
    }

    void correct(Instant grantedAt, long inputTokens, long outputTokens) {
        if (inputTokens != 0 || outputTokens != 0) {
            corrections.merge(grantedAt, new Tokens(inputTokens, outputTokens), Tokens::plus);
        }
    }

    void seen(RateSnapshot snapshot) {
        seen = snapshot;
    }

    boolean isDue(long now) {
        return dueIn(now) <= 0;
    }

    /** How long it may still wait for an ask to go with; {@link LaneGate#NEVER} when there is nothing to tell. */
    long dueIn(long now) {
        if (spent.isEmpty() && corrections.isEmpty() && seen == null) {
            fresh = true;
            return LaneGate.NEVER;
        }
        if (fresh) {
            fresh = false;
            since = now;
        }
        return WITHIN - (now - since);
    }

    List<SpentGrant> takeSpent() {
        List<SpentGrant> taken = new ArrayList<>();
        while (!spent.isEmpty() && taken.size() < AskPermits.MOST_ENTRIES) {
            taken.add(spent.remove());
        }
        fresh = true;
        return taken;
    }

    List<TokenCorrection> takeCorrections() {
        List<TokenCorrection> taken = new ArrayList<>();
        while (!corrections.isEmpty() && taken.size() < AskPermits.MOST_ENTRIES) {
            Map.Entry<Instant, Tokens> first = corrections.pollFirstEntry();
            taken.add(new TokenCorrection(
                    first.getKey(), first.getValue().input(), first.getValue().output()));
        }
        return taken;
    }

    @Nullable
    RateSnapshot takeSeen() {
        RateSnapshot taken = seen;
        seen = null;
        return taken;
    }
}
