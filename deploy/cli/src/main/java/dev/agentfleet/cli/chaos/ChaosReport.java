package dev.agentfleet.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.cli.chaos.check.Verdict;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial.
 *
 * @param strikes how many faults struck
 * @param runs how many runs the workload submitted
 * @param outcomes of tasks, poison's included
 * @param executions in the side-effect ledger
 * @param poison records written to do harm
 * @param evidence where it lies; null when nothing was broken
 */
public record ChaosReport(
        long seed,
        List<String> faults,
        int strikes,
        long runs,
        long outcomes,
        int executions,
        int poison,
        List<Verdict> verdicts,
        @Nullable String evidence,
        String repeat) {
    private static final int SHOWN = 5;

    static ChaosReport of(
            ChaosOptions options, History history, List<Verdict> verdicts, @Nullable String evidence, String repeat) {
        return new ChaosReport(
                options.seed(),
                options.faults().stream().map(Enum::name).toList(),
                history.strikes().size(),
                history.sent().stream().map(sent -> sent.runId()).distinct().count(),
                history.records().events().stream()
                        .filter(event -> event.message() instanceof TaskOutcome)
                        .count(),
                history.ledger().size(),
                history.poison().size(),
                verdicts,
                evidence,
                repeat);
    }

    public boolean isBroken() {
        return verdicts.stream().anyMatch(Verdict::isBroken);
    }

    public List<String> lines() {
        var table = new Table("", "invariant", "verdict", "looked at", "broken");
        for (Verdict verdict : verdicts) {
            table.row(
                    verdict.invariant().name(),
                    verdict.invariant().title(),
                    verdict.word(),
                    verdict.looked(),
                    verdict.broken());
        }
        var lines = new ArrayList<>(table.lines());
        lines.add("");
        for (Verdict verdict : verdicts) {
            if (verdict.isBroken()) {
                lines.add(verdict.invariant() + " is broken: "
                        + verdict.invariant().meaning());
                verdict.violations().stream().limit(SHOWN).forEach(each -> lines.add("    " + each));
            }
        }
        lines.add(runs + " runs, " + outcomes + " outcomes, " + executions + " executions in the ledger, " + poison
                + " poison records, " + strikes + " faults");
        lines.add("seed " + seed + "; again: " + repeat);
        if (evidence != null) {
            lines.add("evidence: " + evidence);
        }
        return lines;
    }

    public String json() {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
