package dev.agentfleet.cli.demo.repair;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Cost;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of each run, for people. */
final class StepText {
    private static final String INDENT = "   ";

    private final Terminal terminal;

    StepText(Terminal terminal) {
        this.terminal = terminal;
    }

    void title(int number, String what) {
        terminal.line("");
        terminal.line(number + ". " + what);
    }

    /** Says what is wrong, and returns false. */
    boolean given(String problem) {
        terminal.line(INDENT + problem);
        return false;
    }

    void tests(Step step) {
        JsonNode report = step.output();
        if (report == null) {
            return;
        }
        JsonNode counts = report.path("counts");
        line((report.path("passed").asBoolean(false) ? "PASSED: " : "FAILED: ")
                + (counts.isMissingNode()
                        ? "exit code " + report.path("exitCode").asInt()
                        : counts.path("tests").asInt() + " tests, "
                                + counts.path("passed").asInt() + " passed, "
                                + (counts.path("failed").asInt()
                                        + counts.path("errors").asInt())
                                + " failed")
                + "; sandbox: " + report.path("sandbox").asText());
        for (JsonNode failed : report.path("failed")) {
            line("  " + failed.path("name").asText() + ": "
                    + failed.path("message").asText());
        }
        if (report.has("reportProblem")) {
            line(report.path("reportProblem").asText());
            report.path("stderr").asText().lines().limit(10).forEach(said -> line("  " + said));
        }
    }

    void diagnosis(Step step) {
        JsonNode output = step.output();
        if (output == null) {
            return;
        }
        call(output, step.cost());
        JsonNode diagnosis = output.path("diagnosis");
        line(diagnosis.path("rootCause").asText());
        for (JsonNode suspect : diagnosis.path("suspects")) {
            line("  " + suspect.path("file").asText()
                    + (suspect.has("line") ? ":" + suspect.path("line").asInt() : "") + ": "
                    + suspect.path("reason").asText());
        }
        line("confidence: " + diagnosis.path("confidence").asText());
    }

    void repair(Step step) {
        JsonNode output = step.output();
        if (output == null) {
            return;
        }
        call(output, step.cost());
        line(output.path("summary").asText());
        for (JsonNode edit : output.path("edits")) {
            line("--- " + edit.path("file").asText());
            edit.path("find").asText().lines().forEach(text -> line("-" + text));
            edit.path("replace").asText().lines().forEach(text -> line("+" + text));
        }
    }

    private void call(JsonNode output, @Nullable Cost cost) {
        JsonNode call = output.path("call");
        boolean recorded = call.path("recorded").asBoolean(false);
        line((recorded ? "RECORDED answer: no model was asked. Source: " : "answer of ")
                + call.path("model").asText()
                + (recorded ? "" : " (" + call.path("provider").asText() + ")")
                + ", prompt " + output.path("prompt").asText());
        String tokens = cost == null
                ? "none"
                : Figures.grouped(cost.inputTokens()) + " in, " + Figures.grouped(cost.outputTokens()) + " out";
        String money = call.has("usd") && cost != null
                ? "$" + cost.usd().stripTrailingZeros().toPlainString()
                : "unknown: fleet.llm.prices has none for this model";
        line("tokens: " + tokens + "; cost: " + money
                + (recorded
                        ? " (as the recording says)"
                        : "; latency: "
                                + Figures.duration(
                                        Duration.parse(call.path("latency").asText("PT0S")))));
    }

    private void line(String text) {
        terminal.line(INDENT + OneLine.of(text));
    }
}
