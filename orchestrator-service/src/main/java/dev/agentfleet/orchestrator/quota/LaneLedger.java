package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a lane.
 *
 * @param configured the limits that configuration last gave it
 * @param now broker time of the newest event, in milliseconds; it never goes back
 * @param used what was used, or may have been, by the end of the span in which it was at the latest
 * @param open grants that nothing was heard of yet, oldest first
 * @param places who waits, first comes first
 */
public record LaneLedger(
        QuotaLimits limits,
        QuotaLimits configured,
        long now,
        NavigableMap<Long, QuotaAmount> used,
        List<OpenGrant> open,
        List<Place> places,
        @Nullable Hold hold,
        @Nullable Foreign foreign) {

    public LaneLedger {
        used = Collections.unmodifiableNavigableMap(new TreeMap<>(used));
        open = List.copyOf(open);
        places = List.copyOf(places);
    }

    public static LaneLedger of(QuotaLimits limits) {
        return new LaneLedger(limits, limits, 0, new TreeMap<>(), List.of(), List.of(), null, null);
    }

    /** The limits of configuration, where they are others than it gave before; else as it is. */
    public LaneLedger configuredTo(QuotaLimits now) {
        return now.equals(configured) ? this : new LaneLedger(now, now, this.now, used, open, places, hold, foreign);
    }

    /** How much of the limit that is used most counts as used; 0 without limits. */
    public double usedShare() {
        QuotaAmount sum = QuotaAmount.NONE;
        for (QuotaAmount amount : used.values()) {
            sum = sum.plus(amount);
        }
        for (OpenGrant grant : open) {
            sum = sum.plus(grant.amount());
        }
        QuotaAmount limit = limits.amount();
        return Math.max(
                (double) sum.requests() / limit.requests(),
                Math.max(
                        (double) sum.inputTokens() / limit.inputTokens(),
                        (double) sum.outputTokens() / limit.outputTokens()));
    }

    /** Whether the lane is as if nothing had ever been heard of it. */
    public boolean blank() {
        return limits.areNone()
                && configured.areNone()
                && used.isEmpty()
                && open.isEmpty()
                && hold == null
                && places.isEmpty();
    }
}
