package dev.agentfleet.cli.view;

import dev.agentfleet.cli.client.RedriveView;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RunBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run in a few lines. */
public final class RunText {
    private RunText() {}

    /** How it stands, in one line. */
    public static String headline(RunView run) {
        String revision = run.revision() > 1 ? " (revision " + run.revision() + ")" : "";
        return "run " + run.runId() + revision + ": " + run.status();
    }

    public static List<String> lines(RunView run) {
        var lines = new ArrayList<String>();
        lines.add(headline(run));
        lines.add(
                "  tasks     " + Figures.grouped(run.tasks()) + (run.sealed() ? "" : " so far; more may be appended"));
        lines.add("  ended     " + ended(run));
        if (!run.status().isFinal()) {
            lines.add("  under way " + run.inFlight() + " dispatched, " + run.waiting() + " not dispatched yet, "
                    + run.backingOff() + " waiting for a retry");
        }
        if (run.heldUntil() != null && !run.status().isFinal()) {
            lines.add("  starts    " + run.heldUntil() + "; no task is dispatched before");
        }
        if (run.redrive() != null) {
            lines.add("  redrive   " + redrive(run.redrive(), run.tasks()));
        }
        lines.add("  attempts  " + Figures.grouped(run.attempts()));
        if (run.cost() != null) {
            lines.add("  cost      " + CostText.of(run.cost()));
        }
        if (run.work() != null) {
            lines.addAll(WorkText.lines(run.work()));
        }
        if (run.budget() != null) {
            lines.add("  budget    " + budget(run.budget()));
        }
        if (run.admittedAt() != null) {
            lines.add("  admitted  " + run.admittedAt());
        }
        if (run.completedAt() != null) {
            String after = run.admittedAt() == null
                    ? ""
                    : " (after " + Figures.duration(Duration.between(run.admittedAt(), run.completedAt())) + ")";
            lines.add("  completed " + run.completedAt() + after);
        }
        if (run.failure() != null) {
            lines.add("  because   " + failure(run.failure()));
        }
        return lines;
    }

    /** {@code TIMEOUT: ran longer than PT10S}. */
    public static String failure(Failure failure) {
        return OneLine.of(failure.code() + ": " + failure.reason());
    }

    private static String redrive(RedriveView redrive, int tasks) {
        String taken = Figures.count(redrive.taken(), "task") + " taken up";
        if (redrive.ended()) {
            return taken + "; no more are";
        }
        String rate = redrive.rate() == null ? "" : ", " + Figures.grouped(redrive.rate()) + " a second";
        String max = redrive.max() == null ? "" : ", at most " + Figures.grouped(redrive.max());
        return taken + rate + max + "; " + Figures.grouped(redrive.looked()) + " of " + Figures.grouped(tasks)
                + " looked at";
    }

    private static String budget(RunBudget budget) {
        var limits = new ArrayList<String>();
        if (budget.maxUsd() != null) {
            limits.add("$" + budget.maxUsd().toPlainString());
        }
        if (budget.maxTokens() != null) {
            limits.add(Figures.grouped(budget.maxTokens()) + " tokens");
        }
        return "at most " + String.join(" and ", limits);
    }

    private static String ended(RunView run) {
        var counts = run.counts();
        var parts = new ArrayList<String>();
        parts.add(Figures.grouped(counts.succeeded()) + " succeeded");
        add(parts, counts.failed(), "failed");
        add(parts, counts.timedOut(), "timed out");
        add(parts, counts.cancelled(), "cancelled");
        add(parts, counts.skipped(), "skipped");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(Figures.grouped(count) + " " + word);
        }
    }
}
