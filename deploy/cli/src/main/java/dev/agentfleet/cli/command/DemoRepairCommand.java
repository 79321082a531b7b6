package dev.agentfleet.cli.command;

import dev.agentfleet.cli.demo.repair.Jdk;
import dev.agentfleet.cli.demo.repair.RepairDemo;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetException;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "repair",
        description = {
            "Starts a fleet of its own that runs the tests of a small project, which fail, has them diagnosed and the bug "
                    + "repaired, and runs them again.",
            "Without a key the answers of the model are recorded ones, and said to be."
        })
public final class DemoRepairCommand implements Callable<Integer> {
    private static final String BOTH_WAYS =
            "Install bubblewrap (apt-get install bubblewrap util-linux, or the like), or run"
                    + " the tests with your own rights and no sandbox: ./fleet demo repair --sandbox none";

    /** Where programs of tasks run. */
    enum Sandbox {
        bwrap,
        none
    }

    /** Who answers. */
    enum Provider {
        recorded("recorded"),
        anthropic("claude-sonnet-5"),
        openai("gpt-5.5");

        private final String usualModel;

        Provider(String usualModel) {
            this.usualModel = usualModel;
        }
    }

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Who answers: ${COMPLETION-CANDIDATES}. Default: anthropic with a key, else recorded.")
    private @Nullable Provider provider;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Holds the provider's key.")
    private @Nullable Path keyFile;

    @Option(names = "--model", paramLabel = "NAME", description = "As the provider calls it.")
    private @Nullable String model;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Of the provider's API; with openai, of any server that speaks its chat completions.")
    private @Nullable URI baseUrl;

    @Option(
            names = "--sandbox",
            paramLabel = "LEVEL",
            description = "Where the tests run: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
    private Sandbox sandbox = Sandbox.bwrap;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where state and logs are kept; emptied first. Default .fleet/demo-repair.")
    private @Nullable Path directory;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "Further configuration, such as -Dfleet.llm.prices.\\\"NAME\\\".input=3 (dollars a million tokens).")
    private Map<String, String> properties = Map.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Provider chosen = chosenProvider();
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        warn(terminal);
        var home = FleetHome.current();
        Path state = directory == null ? home.stateDirectory().resolve("demo-repair") : directory;
        var jdk = Jdk.running();
        var options = LocalFleetOptions.fresh(home, state).withWorkers(1).withProperties(configuration(chosen, jdk));
        var fleet = new LocalFleet(options, new StatusLines(terminal), SystemTime.INSTANCE);
        try (var _ = Interrupt.then(fleet::close)) {
            return run(fleet, terminal, jdk, model == null ? chosen.usualModel : model, options.directory());
        } finally {
            fleet.close();
        }
    }

    private int run(LocalFleet fleet, Terminal terminal, Jdk jdk, String asked, Path state) throws Exception {
        Instant start = SystemTime.INSTANCE.instant();
        terminal.line("starting a fleet of its own: a broker, an orchestrator, a worker (sandbox: " + sandbox + ")");
        start(fleet);
        boolean succeeded = new RepairDemo(fleet.api(), terminal, SystemTime.INSTANCE, jdk, asked).run();
        terminal.line("");
        terminal.line((succeeded
                        ? "The tests failed, the bug was repaired, and the same tests pass; all of it took "
                        : "The demo FAILED after ")
                + Figures.duration(Duration.between(start, SystemTime.INSTANCE.instant())) + ". Logs: "
                + state.resolve("logs"));
        return succeeded ? ExitCode.SUCCEEDED : ExitCode.FAILED;
    }

    private void start(LocalFleet fleet) throws IOException, InterruptedException {
        try {
            fleet.start();
        } catch (LocalFleetException e) {
            if (sandbox == Sandbox.bwrap && String.valueOf(e.getMessage()).contains("fleet.worker.sandbox")) {
                throw new LocalFleetException(e.getMessage() + "\n" + BOTH_WAYS);
            }
            throw e;
        }
    }

    private void warn(Terminal terminal) {
        if (sandbox == Sandbox.none) {
            terminal.note(
                    "WARNING: --sandbox none: the tests, and what a model made of them, run with all your rights");
        } else if (Stream.of("/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin")
                .noneMatch(place -> Files.isExecutable(Path.of(place, "bwrap")))) {
            throw new LocalFleetException("the sandbox needs the program bwrap, which is not here.\n" + BOTH_WAYS);
        }
    }

    private Provider chosenProvider() {
        Provider chosen = provider != null ? provider : keyFile == null ? Provider.recorded : Provider.anthropic;
        require(
                keyFile == null || Files.isReadable(keyFile) && !Files.isDirectory(keyFile),
                "--key-file: '" + keyFile + "' must be a readable file");
        require(chosen != Provider.anthropic || keyFile != null, "--provider anthropic needs --key-file");
        require(
                chosen != Provider.openai || keyFile != null || baseUrl != null,
                "--provider openai needs --key-file, or --base-url of a server that asks for no key");
        require(
                chosen != Provider.recorded || keyFile == null && baseUrl == null && model == null,
                "--key-file, --base-url and --model need --provider anthropic or openai");
        return chosen;
    }

    private Map<String, String> configuration(Provider chosen, Jdk jdk) throws IOException {
        var keys = new HashMap<String, String>();
        keys.put("fleet.agents.test.enabled", "true");
        keys.put("fleet.agents.command.enabled", "false");
        keys.put("fleet.worker.sandbox.level", sandbox.name());
        String visible = jdk.directories().stream().map(Path::toString).collect(Collectors.joining(","));
        if (!visible.isEmpty()) {
            keys.put("fleet.worker.sandbox.read-only", visible);
        }
        keys.put("fleet.llm.provider", chosen.name());
        if (keyFile != null) {
            keys.put(
                    "fleet.llm." + chosen + ".key-file",
                    keyFile.toAbsolutePath().toString());
        }
        if (baseUrl != null) {
            keys.put("fleet.llm." + chosen + ".base-url", baseUrl.toString());
        }
        keys.putAll(properties);
        return keys;
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
