package dev.agentfleet.cli.view;

import dev.agentfleet.contract.EffectiveRate;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much of a run's work counts, and what became of the rest. */
final class WorkText {
    private WorkText() {}

    static List<String> lines(Work work) {
        var lines = new ArrayList<String>();
        lines.add("  accepted  " + accepted(work));
        if (!work.wasted().isEmpty()) {
            lines.add("  wasted    "
                    + work.wasted().entrySet().stream()
                            .map(entry -> wasted(entry.getKey().name(), entry.getValue()))
                            .collect(Collectors.joining("; ")));
        }
        return lines;
    }

    /** {@code 3 of 4 ended attempts (75.0%), 80.0% of their time, 90.0% of tokens, 90.0% of money}. */
    private static String accepted(Work work) {
        EffectiveRate rate = work.effectiveRate();
        var parts = new ArrayList<String>();
        parts.add(Figures.grouped(work.accepted().attempts()) + " of "
                + Figures.count(work.all().attempts(), "ended attempt")
                + (rate.attempts() == null ? "" : " (" + Figures.percent(rate.attempts()) + ")"));
        add(parts, rate.seconds(), "of their time");
        add(parts, rate.tokens(), "of tokens");
        add(parts, rate.usd(), "of money");
        return String.join(", ", parts);
    }

    /** {@code 2 lease lost (30.0 s; $0.0042, 812 tokens in, 90 out)}. */
    private static String wasted(String cause, Effort effort) {
        return Figures.grouped(effort.attempts()) + " "
                + cause.toLowerCase(Locale.ROOT).replace('_', ' ') + " ("
                + Figures.duration(effort.duration())
                + (effort.cost() == null ? "" : "; " + CostText.of(effort.cost())) + ")";
    }

    private static void add(List<String> parts, @Nullable Double share, String of) {
        if (share != null) {
            parts.add(Figures.percent(share) + " " + of);
        }
    }
}
