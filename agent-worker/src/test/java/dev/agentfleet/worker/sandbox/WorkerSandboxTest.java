package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.InvalidConfigurationException;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSandboxTest {

    private @TempDir Path directory = Path.of("");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Map<String, String> keys =
            new HashMap<>(Map.of("fleet.agents.command.enabled", "true", "fleet.worker.sandbox.level", "none"));

    @Test
    void tellsItsLevelWhileItIsOpen() {
        var sandbox = sandbox();
        assertThat(sandbox.level()).isNull();

        sandbox.open();

        assertThat(sandbox.level()).isEqualTo("none");
        assertThat(metrics.get(FleetMetric.WORKER_SANDBOX.metricName())
                        .tag("level", "none")
                        .gauge()
                        .value())
                .isEqualTo(1);
        sandbox.close();
        assertThat(sandbox.level()).isNull();
    }

    @Test
    void isOfNoAccountWhereNoProgramMayRun() {
        keys.remove("fleet.agents.command.enabled");
        keys.put("fleet.worker.sandbox.level", "bwrap");
        keys.put("fleet.worker.sandbox.directory", "/dev/null/nowhere");
        var sandbox = sandbox();

        sandbox.open();

        assertThat(sandbox.level()).isNull();
        assertThat(metrics.getMeters()).isEmpty();
        assertThatThrownBy(() -> sandbox.require(null)).hasMessage("This worker runs no programs now");
    }

    @Test
    void refusesADirectoryThatIsALinkOrAFile() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

        for (Path base : List.of(file, link)) {
            keys.put("fleet.worker.sandbox.directory", base.toString());
            assertThatThrownBy(() -> sandbox().open())
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("fleet.worker.sandbox.directory: '" + base + "' must be usable");
        }
    }

    @Test
    void saysWhyASandboxCannotBeHad() throws Exception {
        Path broken = Files.writeString(directory.resolve("bwrap"), "#!/bin/sh\necho no namespaces here >&2; exit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        try (var root = WorkRoot.open(directory.resolve("base"), "w-1")) {
            var line = new BwrapLine(null, 1, broken, Path.of("/usr/bin/prlimit"), List.of());
            var limits = new WorkerLimits(Duration.ofSeconds(1), 1, 16, 1, 4_096);

            assertThatThrownBy(() -> SandboxTrial.run(new BwrapSandbox(line, root, limits, false)))
                    .hasMessage("The sandbox could not be set up: no namespaces here");
        }
    }

    private WorkerSandbox sandbox() {
        keys.putIfAbsent(
                "fleet.worker.sandbox.directory", directory.resolve("base").toString());
        return new WorkerSandbox(
                Configs.sandbox(keys),
                Configs.command(keys),
                Configs.test(keys),
                new WorkerIdentity(Configs.worker(Map.of()), new WorkerVersion("1")),
                metrics);
    }
}
