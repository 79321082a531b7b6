package dev.agentfleet.cli.view;

import dev.agentfleet.contract.Cost;
import java.util.ArrayList;

/** What work used up, in a line. */
public final class CostText {
    private CostText() {}

    /** {@code $0.0042, 812 tokens in (600 read from a cache, 100 written to one), 90 out}. */
    public static String of(Cost cost) {
        return "$" + cost.usd().toPlainString() + ", " + Figures.grouped(cost.inputTokens()) + " tokens in"
                + cached(cost) + ", " + Figures.grouped(cost.outputTokens()) + " out";
    }

    private static String cached(Cost cost) {
        var parts = new ArrayList<String>();
        if (cost.cacheRead() > 0) {
            parts.add(Figures.grouped(cost.cacheRead()) + " read from a cache");
        }
        if (cost.cacheWrite() > 0) {
            parts.add(Figures.grouped(cost.cacheWrite()) + " written to one");
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }
}
