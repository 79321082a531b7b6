package dev.agentfleet.cli.command;

import dev.agentfleet.cli.chaos.Chaos;
import dev.agentfleet.cli.chaos.ChaosOptions;
import dev.agentfleet.cli.chaos.ChaosReport;
import dev.agentfleet.cli.chaos.Fault;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "chaos",
        description = {
            "Lets faults strike a fleet of its own while it works, then checks that nothing was lost, repeated or",
            "mixed up. Exit code 1 when something was."
        })
public final class ChaosCommand implements Callable<Integer> {
    private static final long SEEDS = 1_000_000;
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_ORCHESTRATORS = 12;
    private static final int MOST_WORKERS = 24;
    private static final int MOST_MUTATIONS = 1_000_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses the work and the order of the faults. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "How long faults strike; each strikes once at least. Default ${DEFAULT-VALUE}.")
    private int minutes = 2;

    @Option(names = "--faults", paramLabel = "F1,F5", split = ",", description = "Which. Default: all of --list.")
    private List<Fault> faults = Fault.all();

    @Option(
            names = "--orchestrators",
            paramLabel = "N",
            description = "How many orchestrators share the runs. Default ${DEFAULT-VALUE}.")
    private int orchestrators = 1;

    @Option(names = "--workers", paramLabel = "N", description = "How many workers. Default ${DEFAULT-VALUE}.")
    private int workers = 3;

    @Option(
            names = "--outage",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long a broker is away. Default 20s.")
    private Duration outage = Duration.ofSeconds(20);

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Within what all work must have ended once the faults are mended. Default 3m.")
    private Duration patience = Duration.ofMinutes(3);

    @Option(
            names = "--mutations",
            paramLabel = "N",
            description = "Records of a strike of poison beside its catalogue. Default ${DEFAULT-VALUE}.")
    private int mutations = 300;

    @Option(names = "--list", description = "List the faults and exit.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where state, logs and, if something broke, the evidence are kept. Default .fleet/chaos.")
    private @Nullable Path directory;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Configuration of orchestrator and workers, such as -Dfleet.worker.slots=4.")
    private Map<String, String> properties = Map.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (list) {
            var table = new Table("fault", "what strikes");
            Fault.all().forEach(fault -> table.row(fault.name(), fault.description()));
            table.lines().forEach(terminal::line);
            return ExitCode.SUCCEEDED;
        }
        require(minutes >= 0 && minutes <= MOST_MINUTES, "--minutes: '" + minutes + "' must be 0 to " + MOST_MINUTES);
        require(
                orchestrators >= 1 && orchestrators <= MOST_ORCHESTRATORS,
                "--orchestrators: '" + orchestrators + "' must be 1 to " + MOST_ORCHESTRATORS);
        require(workers >= 1 && workers <= MOST_WORKERS, "--workers: '" + workers + "' must be 1 to " + MOST_WORKERS);
        require(
                mutations >= 0 && mutations <= MOST_MUTATIONS,
                "--mutations: '" + mutations + "' must be 0 to " + MOST_MUTATIONS);
        faults.forEach(fault -> require(
                !fault.needsNetworksOfTheirOwn(),
                "--faults: '" + fault + "' strikes containers only; those for processes are " + Fault.all()));
        var home = FleetHome.current();
        var options = new ChaosOptions(
                seed == null ? SystemTime.INSTANCE.instant().toEpochMilli() % SEEDS : seed,
                Duration.ofMinutes(minutes),
                faults,
                orchestrators,
                workers,
                patience,
                outage,
                mutations,
                directory == null ? home.stateDirectory().resolve("chaos") : directory,
                properties);
        ChaosReport report = report(options, home, terminal);
        if (json) {
            terminal.line(report.json());
        } else {
            report.lines().forEach(terminal::line);
        }
        return report.isBroken() ? ExitCode.FAILED : ExitCode.SUCCEEDED;
    }

    private static ChaosReport report(ChaosOptions options, FleetHome home, Terminal terminal) throws Exception {
        try (var chaos = new Chaos(options, home, SystemTime.INSTANCE, terminal::note);
                var _ = Interrupt.then(chaos::close)) {
            return chaos.run();
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
