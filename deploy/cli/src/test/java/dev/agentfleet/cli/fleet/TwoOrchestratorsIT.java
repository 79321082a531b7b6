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
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators share the home partitions; a client may ask either. */
@Tag("long")
class TwoOrchestratorsIT {

    @TempDir
    private @Nullable Path directory;

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String RUN = "{\"runId\":\"%s\",\"agent\":\"nobody\",\"input\":%d}";
    private static final String HEAD = "{\"runId\":\"%s\",\"agent\":\"nobody\"}\n";
    private static final String LINE = "{\"input\":\"x\"}\n";

    private final List<Process> started = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int broker;

    @AfterEach
    void stop() throws InterruptedException {
        http.shutdownNow();
        started.reversed().forEach(Process::destroyForcibly);
        for (Process process : started) {
            process.waitFor();
        }
    }

    @BeforeEach
    void startBroker() throws IOException {
        broker = freePort();
        java(
                "deploy/embedded-kafka/target/agent-fleet-embedded-kafka.jar",
                List.of(),
                List.of("--data", directory().resolve("kafka").toString(), "--port", Integer.toString(broker)));
    }

    @Test
    void eitherAnswersForAllRunsAndTheSurvivorAfterACrash() throws Exception {
        // Given
        FleetApi one = orchestrator();
        FleetApi two = orchestrator();
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

    @Test
    void eitherTakesRunsAlikeWhicheverOwnsThem() throws Exception {
        // Given
        FleetApi one = orchestrator();
        FleetApi two = orchestrator();
        eventually(() -> assertThat(List.of(owns(one), owns(two))).doesNotContain(0L));

        // When, then
        for (FleetApi api : List.of(one, two)) {
            FleetApi other = api == one ? two : one;
            for (int i = 0; i < 12; i++) {
                RunId id = ownedBy(i < 6 ? api : other);
                String content = RUN.formatted(id, i);
                if (i % 2 == 0) {
                    assertTakenOnce(api, id, JSON, content, RUN.formatted(id, 99));
                } else {
                    assertTakenOnce(api, id, NDJSON, HEAD.formatted(id) + LINE, HEAD.formatted(id) + LINE + LINE);
                }
            }
            RunId large = ownedBy(other);
            String lines = HEAD.formatted(large) + LINE.repeat(4_000);
            assertTakenOnce(api, large, NDJSON, lines, lines + LINE);
            assertThat(api.run(large).tasks()).isEqualTo(4_000);
            assertThat(api.run(large).sealed()).isTrue();
            assertThat(post(api, NDJSON, lines + "nonsense").body()).contains("was complete before and is left alone");
            assertThat(api.run(large).status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @Test
    void aRunThatMovesIsUnavailableForAWhileAndItsEventStreamsEnd() throws Exception {
        // Given
        FleetApi one = orchestrator();
        FleetApi two = orchestrator();
        eventually(() -> assertThat(List.of(owns(one), owns(two))).doesNotContain(0L));
        RunId id = ownedBy(two);
        String content = RUN.formatted(id, 1);
        assertThat(decided(one, JSON, content).statusCode()).isEqualTo(201);
        CompletableFuture<String> stream = events(one, id);

        // When
        started.getLast().destroyForcibly().waitFor();

        // Then
        HttpResponse<String> refused = get(one, "/api/runs/" + id);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(stream.get(20, TimeUnit.SECONDS)).contains("RunView").doesNotContain("RunCompleted");
        assertThat(post(one, JSON, content).statusCode()).as("durable").isEqualTo(202);
        List<String> answers = new ArrayList<>();
        eventually(() -> {
            HttpResponse<String> answer = get(one, "/api/runs/" + id);
            answers.add(answer.statusCode() + " " + answer.body());
            assertThat(answer.statusCode()).isEqualTo(200);
        });
        assertThat(answers).allMatch(answer -> answer.startsWith("503 ") || answer.contains("\"RUNNING\""));
        assertTakenOnce(one, id, JSON, content, RUN.formatted(id, 2));

        // When
        Map<RunId, CompletableFuture<String>> streams = new HashMap<>();
        for (int i = 0; i < 24; i++) {
            RunId run = Fleet.newId();
            assertThat(decided(one, JSON, RUN.formatted(run, 1)).statusCode()).isEqualTo(201);
            streams.put(run, events(one, run));
        }
        FleetApi three = orchestrator();

        // Then
        eventually(() -> assertThat(streams.keySet()).anyMatch(run -> isOwner(three, run)));
        eventually(() -> assertThat(streams.entrySet())
                .allMatch(each -> each.getValue().isDone() || isOwner(one, each.getKey())));
        for (RunId run : streams.keySet()) {
            if (isOwner(three, run)) {
                CompletableFuture<String> again = events(one, run);
                one.cancel(run, "enough");
                assertThat(again.get(20, TimeUnit.SECONDS)).contains("event:RunCompleted");
            }
        }
    }

    /** The same answers whoever is asked, and however often. */
    private void assertTakenOnce(FleetApi api, RunId id, String type, String content, String other) throws Exception {
        for (int time = 0; time < 2; time++) {
            HttpResponse<String> answer = decided(api, type, content);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).contains("\"runId\":\"" + id + "\"", "\"status\":\"RUNNING\"");
        }
        assertThat(decided(api, type, other).statusCode()).isEqualTo(409);
    }

    /** A busy machine may take longer than a submission waits; then the same is sent again, as a client may. */
    private HttpResponse<String> decided(FleetApi api, String type, String body) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> post(api, type, body), answer -> answer.statusCode() != 202);
    }

    private RunId ownedBy(FleetApi api) {
        return Owners.idOwnedBy(http, api);
    }

    private long owns(FleetApi api) {
        return Stream.generate(Fleet::newId)
                .limit(30)
                .filter(id -> isOwner(api, id))
                .count();
    }

    private boolean isOwner(FleetApi api, RunId id) {
        return Owners.isOwner(http, api, id);
    }

    private HttpResponse<String> post(FleetApi api, String type, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(api.server().resolve("/api/runs"))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(FleetApi api, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(api.server().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What has come once the stream has ended, whole or broken off; returns when it has begun. */
    private CompletableFuture<String> events(FleetApi api, RunId id) throws Exception {
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(api.server().resolve("/api/runs/" + id + "/events"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (InputStream body = answer.body()) {
                body.transferTo(all);
            } catch (IOException e) {
                // Broken off.
            }
            told.complete(all.toString(StandardCharsets.UTF_8));
        });
        return told;
    }

    private FleetApi orchestrator() throws Exception {
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
