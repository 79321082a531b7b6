package dev.agentfleet.cli.command;

import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RunId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "cancel", description = "Cancels a run: waiting tasks are dropped, running ones stopped.")
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the people who ask later.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var id = new RunId(run);
        server.api().cancel(id, reason);
        if (json) {
            Answers.json(terminal, Map.of("runId", id, "cancelRequested", true));
        } else {
            terminal.line("run " + id + " is being cancelled; ./fleet watch " + id + " shows its end");
        }
        return ExitCode.SUCCEEDED;
    }
}
