package dev.agentfleet.cli.view;

import dev.agentfleet.cli.client.FleetRedrivePlan;
import dev.agentfleet.cli.client.RedrivePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a redrive does, or would do, for people. */
public final class RedriveText {
    private static final String DRY = "Nothing was done: this was a dry run.";

    private RedriveText() {}

    public static List<String> lines(RedrivePlan plan, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        lines.add("run " + plan.runId() + ": revision " + plan.revision() + (dryRun ? " would do " : " does ")
                + again(plan.tasks(), plan.atLeast()));
        codes(plan.codes(), lines);
        lines.add(dryRun ? DRY : "./fleet watch " + plan.runId() + " shows its end.");
        return lines;
    }

    public static List<String> lines(FleetRedrivePlan plan, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        if (plan.runs().isEmpty()) {
            lines.add("no matching dead letters since " + plan.since());
        } else {
            lines.add(Figures.count(plan.opened(), "run")
                    + (dryRun ? " would do " : plan.opened() == 1 ? " does " : " do ")
                    + again(plan.tasks(), plan.atLeast()));
            codes(plan.codes(), lines);
            lines.addAll(table(plan).lines());
        }
        if (plan.next() != null) {
            lines.add("There may be more: " + plan.cutShort() + ". Go on with --cursor " + plan.next()
                    + (plan.atLeast() == null ? "" : ", to keep to the rate when these have been taken up"));
        }
        if (dryRun) {
            lines.add(DRY);
        }
        return lines;
    }

    private static Table table(FleetRedrivePlan plan) {
        var table = new Table("run", "revision", "tasks", "starts", "skipped");
        for (FleetRedrivePlan.PlannedRun run : plan.runs()) {
            boolean opened = run.skipped() == null;
            table.row(
                    run.runId(),
                    opened ? Objects.requireNonNullElse(run.revision(), 0) : "-",
                    run.tasks(),
                    opened ? starts(run.startAfter()) : "-",
                    Objects.requireNonNullElse(run.skipped(), ""));
        }
        return table;
    }

    private static String starts(@Nullable Duration after) {
        return after == null ? "now" : "in " + Figures.duration(after);
    }

    private static String again(int tasks, @Nullable Duration atLeast) {
        return Figures.count(tasks, "task") + " again"
                + (atLeast == null ? "" : ", taken up within " + Figures.duration(atLeast));
    }

    private static void codes(Map<String, Integer> codes, List<String> lines) {
        codes.forEach((code, tasks) -> lines.add("  %-20s %s".formatted(code, Figures.grouped(tasks))));
    }
}
