package dev.agentfleet.cli.command;

import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "results", description = "Prints the outcomes there are, in task order: one JSON object per line.")
public final class ResultsCommand implements Callable<Integer> {
    private static final int SHOWN_OUTPUT = 80;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "As they stood in that revision. Default: the present one.")
    private @Nullable Integer revision;

    @Option(names = "--table", description = "For people: one short line per task.")
    private boolean table;

    @Option(
            names = {"--ndjson", "--json"},
            description = "One TaskOutcome as JSON per line (default).")
    private boolean ndjson;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var outcomes = server.api().outcomes(new RunId(run), revision);
        try (var lines = new BufferedReader(new InputStreamReader(outcomes, StandardCharsets.UTF_8))) {
            // A reader downstream that has seen enough, such as head, ends it early.
            for (String line = lines.readLine();
                    line != null && !terminal.out().checkError();
                    line = lines.readLine()) {
                if (!line.isBlank()) {
                    terminal.out().println(table && !ndjson ? row(line) : line);
                }
            }
        }
        terminal.out().flush();
        return ExitCode.SUCCEEDED;
    }

    private static String row(String json) {
        var outcome = Json.read(json.getBytes(StandardCharsets.UTF_8), TaskOutcome.class);
        String duration = outcome.duration() == null ? "-" : Figures.duration(outcome.duration());
        return "%6d  %-9s  %d  %9s  %s"
                .formatted(
                        outcome.taskId().index(), outcome.status(), outcome.attempts(), duration, shortened(outcome));
    }

    private static String shortened(TaskOutcome outcome) {
        String text = outcome.output() != null
                ? outcome.output().json()
                : outcome.failure() != null ? RunText.failure(outcome.failure()) : "";
        return OneLine.of(text.length() <= SHOWN_OUTPUT ? text : text.substring(0, SHOWN_OUTPUT) + "…");
    }
}
