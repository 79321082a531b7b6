package dev.agentfleet.cli.command;

import dev.agentfleet.cli.bench.Bench;
import dev.agentfleet.cli.bench.BenchReport;
import dev.agentfleet.cli.bench.Scenarios;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description =
                "Measures fleets of its own, and raw Kafka or the ideal beside them. Takes about an hour for all.")
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 100;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description = {
                "noop: rate of tasks that do nothing; sleep: a batch of waits; latency: single tasks; large: a million",
                "tasks; held: a worker's heap; tail, tail-one: short and long tasks on 4 workers of 8 slots, or on one",
                "of 32; restart-ended, restart-running: restarts of the orchestrator, and its memory, as ended or",
                "running runs accumulate, taken once; rolling: a rolling restart of workers under load;",
                "lost: when a killed worker's attempts run again; rebalance-classic, rebalance-consumer: what tasks",
                "notice while workers join, drain and are killed. Default: all."
            })
    private List<String> scenarios = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds that count, of warm processes; the median is shown. Default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--scale",
            paramLabel = "SHARE",
            description = "Takes that share of the sizes, for a quick look. Default ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where state and logs are kept; emptied first. Default .fleet/bench.")
    private @Nullable Path directory;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "Configuration of orchestrator and worker to be measured, such as -Dfleet.worker.prefetch=50.")
    private Map<String, String> properties = Map.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        for (String name : scenarios) {
            require(Scenarios.NAMES.contains(name), "SCENARIO: '" + name + "' must be one of " + Scenarios.NAMES);
        }
        require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds: '" + rounds + "' must be 1 to " + MOST_ROUNDS);
        require(scale > 0 && scale <= 1, "--scale: '" + scale + "' must be above 0 and at most 1");
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var home = FleetHome.current();
        Path state = directory == null ? home.stateDirectory().resolve("bench") : directory;
        var options = LocalFleetOptions.fresh(home, state).withWorkers(1).withProperties(properties);
        var bench = new Bench(options, rounds, SystemTime.INSTANCE, terminal::note);
        BenchReport report;
        try (var _ = Interrupt.then(bench::close)) {
            report = bench.measure(scenarios.isEmpty() ? Scenarios.NAMES : scenarios, scale);
        } finally {
            bench.close();
        }
        if (json) {
            terminal.line(report.json());
        } else {
            report.lines().forEach(terminal::line);
        }
        return ExitCode.SUCCEEDED;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
