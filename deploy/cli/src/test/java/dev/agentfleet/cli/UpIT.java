package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.FleetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class UpIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private Path state;

    @BeforeEach
    void name() {
        state = directory.resolve("fleet");
    }

    @Test
    void goesOnWithoutADeadWorkerAndStopsEverythingOnCtrlC() throws Exception {
        try (var up = up("first")) {
            // Given
            awaitReady(up);
            List<Long> children = FleetProcess.children(state);
            assertThat(children).hasSize(4).allMatch(FleetProcess::isAlive);

            // When
            long worker = FleetProcess.child(state, "worker-2");
            ProcessHandle.of(worker).orElseThrow().destroyForcibly();

            // Then
            Awaitility.await()
                    .atMost(STOP)
                    .untilAsserted(() -> assertThat(up.output())
                            .containsPattern("worker-2 +DIED +pid " + worker + " +was killed \\(SIGKILL\\)"));
            assertThat(run("submit", "--agent", "echo", "--input", "1", "--watch"))
                    .isZero();
            assertThat(run("show", "nobody-knows-it")).isEqualTo(1);

            // When
            new ProcessBuilder("kill", "-INT", Long.toString(up.process().pid()))
                    .start()
                    .waitFor();

            // Then
            assertThat(up.awaitExit(STOP)).isEqualTo(130);
            assertThat(children).noneMatch(FleetProcess::isAlive);
            assertThat(up.output())
                    .containsSubsequence("worker-1      stopped", "orchestrator  stopped", "broker        stopped");
        }
    }

    @Test
    void takesOverFromAKilledOneAndIsAloneInItsDirectory() throws Exception {
        List<Long> children;
        try (var killed = up("killed")) {
            // Given
            awaitReady(killed);
            assertThat(run("submit", "--agent", "echo", "--run-id", "kept", "--watch"))
                    .isZero();
            children = FleetProcess.children(state);
            try (var second = up("second")) {
                assertThat(second.awaitExit(STOP)).isEqualTo(1);
                assertThat(second.output())
                        .contains("a fleet is up already in " + state + " (pid "
                                + killed.process().pid() + ")");
            }

            // When
            killed.process().destroyForcibly().waitFor();
        }

        // Then
        try (var up = up("next")) {
            awaitReady(up);
            assertThat(up.output()).contains("taking over from a fleet that was not stopped");
            assertThat(children).noneMatch(FleetProcess::isAlive);
            assertThat(run("watch", "kept")).isZero();
        }
    }

    private FleetProcess up(String name) throws Exception {
        return FleetProcess.start(
                directory.resolve(name), "up", "--port", "0", "--kafka-port", "0", "--dir", state.toString());
    }

    private static void awaitReady(FleetProcess up) {
        Awaitility.await().atMost(START).untilAsserted(() -> {
            assertThat(up.process().isAlive()).as(up.output()).isTrue();
            assertThat(up.output()).contains("Try:", "Ctrl-C stops everything");
        });
    }

    private int run(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", FleetState.serverOf(state).orElseThrow().toString()));
        try (var command = FleetProcess.start(directory.resolve("command"), all.toArray(String[]::new))) {
            return command.awaitExit(Duration.ofMinutes(1));
        }
    }
}
