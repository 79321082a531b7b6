package dev.agentfleet.cli.command;

import dev.agentfleet.cli.demo.Demo;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        subcommands = DemoRepairCommand.class,
        description =
                "Starts a fleet of its own, has it count the files of a directory, and shows how to check the totals.",
        footer = {"", "./fleet demo repair shows agents that work on code; ./fleet demo repair --help says more."})
public final class DemoCommand implements Callable<Integer> {
    private static final Duration CHECK = Duration.ofMillis(500);

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Whose files to count. Default: these sources.")
    private @Nullable Path files;

    @Option(names = "--keep", description = "Leave the fleet up until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where state and logs are kept; emptied first. Default .fleet/demo.")
    private @Nullable Path directory;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var home = FleetHome.current();
        Path counted = files == null ? home.root() : files;
        if (!Files.isDirectory(counted)) {
            throw new ParameterException(spec.commandLine(), "DIR: '" + counted + "' must be a directory");
        }
        Path state = directory == null ? home.stateDirectory().resolve("demo") : directory;
        var options = LocalFleetOptions.fresh(home, state);
        var fleet = new LocalFleet(options, new StatusLines(terminal), SystemTime.INSTANCE);
        try (var _ = Interrupt.then(fleet::close)) {
            return run(fleet, terminal, counted, options.directory());
        } finally {
            fleet.close();
        }
    }

    private int run(LocalFleet fleet, Terminal terminal, Path counted, Path state) throws Exception {
        Instant start = SystemTime.INSTANCE.instant();
        terminal.line("starting a fleet of its own: a broker, an orchestrator, two workers");
        fleet.start();
        boolean succeeded =
                new Demo(fleet.api(), terminal, SystemTime.INSTANCE).count(counted, state.resolve("demo-files"));
        terminal.line("");
        terminal.line((succeeded ? "The demo succeeded after " : "The demo FAILED after ")
                + Figures.duration(Duration.between(start, SystemTime.INSTANCE.instant())) + ". Logs: "
                + state.resolve("logs"));
        if (keep) {
            FirstSteps.lines(fleet.server(), fleet.bootstrapServers(), false).forEach(terminal::line);
            terminal.line("Ctrl-C stops everything.");
            while (fleet.children().stream().anyMatch(Child::isAlive)) {
                SystemTime.INSTANCE.sleep(CHECK);
            }
        } else {
            terminal.line("Next: ./fleet up, and what it suggests; ./fleet demo --keep leaves this fleet up.");
        }
        return succeeded ? ExitCode.SUCCEEDED : ExitCode.FAILED;
    }
}
