package dev.agentfleet.cli.command;

import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description =
                "Runs a fleet on this machine: broker, orchestrator and workers. Ctrl-C stops it; its state is kept.")
public final class UpCommand implements Callable<Integer> {
    private static final Duration CHECK = Duration.ofMillis(500);

    @Option(
            names = "--orchestrators",
            paramLabel = "N",
            description = "How many orchestrators share the runs. Default ${DEFAULT-VALUE}.")
    private int orchestrators = 1;

    @Option(names = "--workers", paramLabel = "N", description = "How many workers. Default ${DEFAULT-VALUE}.")
    private int workers = 2;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Attempts each worker runs at once. Default: the worker's.")
    private @Nullable Integer slots;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Of the first orchestrator's REST; 0 takes a free one. Default ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "Of the broker; 0 takes a free one. Default ${DEFAULT-VALUE}.")
    private int kafkaPort = 9092;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where state and logs are kept. Default .fleet.")
    private @Nullable Path directory;

    @Option(
            names = "--agents",
            paramLabel = "DIR",
            description = "Jars with agents of your own; what they need lies in DIR/lib. Workers take them along.")
    private @Nullable Path agents;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Configuration of orchestrator and workers, such as -Dfleet.worker.claim-after=1s.")
    private Map<String, String> properties = Map.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        requireBetween("--orchestrators", orchestrators, 1, 12);
        requireBetween("--workers", workers, 0, 64);
        requireBetween("--slots", slots == null ? 1 : slots, 1, 100_000);
        requireBetween("--port", port, 0, 65_535);
        requireBetween("--kafka-port", kafkaPort, 0, 65_535);
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var home = FleetHome.current();
        Path state = directory == null ? home.stateDirectory() : directory;
        var options = new LocalFleetOptions(
                home, state, false, orchestrators, workers, slots, port, kafkaPort, agents, properties);
        var fleet = new LocalFleet(options, new StatusLines(terminal), SystemTime.INSTANCE);
        try (var _ = Interrupt.then(fleet::close)) {
            return serve(fleet, terminal);
        } finally {
            fleet.close();
        }
    }

    private int serve(LocalFleet fleet, Terminal terminal) throws Exception {
        fleet.start();
        FirstSteps.lines(fleet.server(), fleet.bootstrapServers(), directory == null)
                .forEach(terminal::line);
        terminal.line("Ctrl-C stops everything; the state stays.");
        while (fleet.children().stream().anyMatch(Child::isAlive)) {
            SystemTime.INSTANCE.sleep(CHECK);
        }
        terminal.note("fleet up: every process has ended");
        return ExitCode.FAILED;
    }

    private void requireBetween(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), flag + ": '" + value + "' must be " + least + " to " + most);
        }
    }
}
