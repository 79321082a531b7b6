package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.FleetRedrivePlan;
import dev.agentfleet.cli.client.LetterRedrive;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators share the home partitions; a client may ask either. */
class TwoOrchestratorsIT {

    @TempDir
    private @Nullable Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        started.reversed().forEach(Process::destroyForcibly);
        for (Process process : started) {
            process.waitFor();
        }
    }

    @Test
    void eitherAnswersForAllRunsAndTheSurvivorAfterACrash() throws Exception {
        // Given
        int broker = freePort();
        java(
                "deploy/embedded-kafka/target/agent-fleet-embedded-kafka.jar",
                List.of(),
                List.of("--data", directory().resolve("kafka").toString(), "--port", Integer.toString(broker)));
        FleetApi one = orchestrator(broker);
        FleetApi two = orchestrator(broker);
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            RunId id = Fleet.newId();
            two.submit(SubmitRun.single(id, "nobody", Payload.NULL));
            runs.addFirst(id);
        }

        // When, then
        for (FleetApi api : List.of(one, two)) {
            eventually(() -> assertThat(listed(api, "RUNNING")).containsExactlyElementsOf(runs));
            for (RunId id : runs) {
                assertThat(api.run(id).status()).isEqualTo(RunStatus.RUNNING);
            }
        }
        for (RunId id : runs) {
            one.cancel(id, "enough");
        }
        eventually(() -> assertThat(listed(two, "CANCELLED")).containsExactlyElementsOf(runs));
        redrivesFromEither(one, two);
        started.getLast().destroyForcibly().waitFor();
        eventually(() -> assertThat(listed(one, "CANCELLED")).containsExactlyElementsOf(runs));
        for (RunId id : runs) {
            assertThat(one.run(id).status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    /** Some of the runs are held by the one that is not asked. Their tasks time out, since there is no worker. */
    private static void redrivesFromEither(FleetApi one, FleetApi two) throws Exception {
        // Given
        Set<RunId> runs = new LinkedHashSet<>();
        RunOptions impatient = new RunOptions(null, null, Duration.ofMillis(100), null, null, null);
        for (int i = 0; i < 8; i++) {
            RunId id = Fleet.newId();
            one.submit(SubmitRun.batch(id, List.of(TaskSpec.of("late", Payload.NULL)), impatient));
            runs.add(id);
        }
        RedriveFilter late = new RedriveFilter(null, null, Set.of("late"));
        for (FleetApi api : List.of(one, two)) {
            eventually(() -> assertThat(api.redrive(new LetterRedrive(late, null, null, null, null, true))
                            .opened())
                    .isEqualTo(runs.size()));
        }

        // When
        FleetRedrivePlan plan = two.redrive(new LetterRedrive(late, null, null, null, null, false));

        // Then
        assertThat(plan.runs())
                .extracting(FleetRedrivePlan.PlannedRun::runId)
                .containsExactlyInAnyOrderElementsOf(runs);
        for (RunId id : runs) {
            eventually(() -> assertThat(one.run(id).revision()).isEqualTo(2));
        }
    }

    private FleetApi orchestrator(int broker) throws Exception {
        int port = freePort();
        String url = "http://127.0.0.1:" + port;
        java(
                "orchestrator-service/target/quarkus-app/quarkus-run.jar",
                List.of(
                        "-Dkafka.bootstrap.servers=127.0.0.1:" + broker,
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dfleet.orchestrator.state-dir=" + directory().resolve("state-" + port),
                        "-Dfleet.orchestrator.advertised-url=" + url),
                List.of());
        FleetApi api = new FleetApi(URI.create(url));
        eventually(() -> assertThat(api.isReady()).isTrue());
        return api;
    }

    private void java(String jar, List<String> properties, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(properties);
        command.addAll(List.of("-jar", FleetHome.current().root().resolve(jar).toString()));
        command.addAll(arguments);
        File log = directory().resolve("process-" + started.size() + ".log").toFile();
        started.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
    }

    private static List<RunId> listed(FleetApi api, String status) throws InterruptedException {
        List<RunView> runs = new ArrayList<>();
        api.runs(Map.of("status", status), 100, runs::add);
        return runs.stream().map(RunView::runId).toList();
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(assertion);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private Path directory() {
        return Objects.requireNonNull(directory);
    }
}
