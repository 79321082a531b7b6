package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** How the worker process starts and ends. */
class WorkerProcessIT {

    @TempDir
    Path directory;

    private FleetTopics fleet;
    private String prefix;

    @BeforeEach
    void connect(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + '.';
        fleet = new FleetTopics(SharedBroker.bootstrapServers(), prefix);
    }

    @AfterEach
    void disconnect() throws Exception {
        fleet.close();
    }

    @Test
    void drainsOnSigtermAndLeavesTheRestToTheNextWorker() throws Exception {
        // Given: short and long ones on the slots, others waiting
        for (int i = 0; i < 10; i++) {
            send("short/" + i, "PT2S");
            send("long/" + i, "PT10M");
        }
        try (var worker = start("fleet.worker.slots=20", "fleet.worker.drain-budget=PT4S")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 20);
            for (int i = 0; i < 200; i++) {
                send("waiting/" + i, "PT0S");
            }

            // When: once more in the middle of it
            worker.terminate();
            await().until(() -> fleet.heartbeats().stream().anyMatch(beat -> beat != null && beat.draining()));
            worker.terminate();

            // Then
            assertThat(worker.awaitExit(20)).as(worker.log()).isZero();
        }
        for (int i = 0; i < 10; i++) {
            int task = i;
            await().untilAsserted(() -> assertThat(fleet.reportNames("short/" + task))
                    .containsExactly("AttemptClaimed", "AttemptSucceeded"));
            assertThat(fleet.reportNames("long/" + task)).containsExactly("AttemptClaimed", "AttemptReleased");
        }
        await().until(() -> fleet.heartbeats().getLast() == null);
        assertThat(fleet.ends("waiting")).isEmpty();

        try (var next = start("fleet.worker.slots=20")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> fleet.lag() == 0);
            next.terminate();
            assertThat(next.awaitExit(20)).as(next.log()).isZero();
        }
        await().until(() -> fleet.ends("waiting").size() == 200);
        assertThat(new HashSet<>(fleet.ends("waiting"))).hasSize(200);
        assertThat(fleet.ends("short")).hasSize(10);
        assertThat(fleet.ends("long")).hasSize(10);
    }

    @Test
    void endsInOrderWhenTerminatedDuringItsStart() throws Exception {
        try (var worker = start()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.log().contains("Configured topics"));

            worker.terminate();

            assertThat(worker.awaitExit(20)).as(worker.log()).isZero();
        }
    }

    @Test
    void namesAllProblemsOfItsConfiguration() throws Exception {
        try (var worker = start("fleet.worker.slots=0", "fleet.worker.drain-budget=-PT1S")) {
            assertThat(worker.awaitExit(30)).isEqualTo(1);
            assertThat(worker.log())
                    .contains("fleet.worker.slots: '0' must be from 1 to 100000")
                    .contains("fleet.worker.drain-budget: 'PT-1S' must be from PT0S to PT24H")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void waitsForItsBrokerAndEndsInOrderWithoutIt() throws Exception {
        try (var worker = WorkerProcess.start(
                directory, "kafka.bootstrap.servers=127.0.0.1:1", "fleet.worker.drain-budget=PT1S")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.log().contains("started in"));

            worker.terminate();

            assertThat(worker.awaitExit(30)).as(worker.log()).isZero();
        }
    }

    @Test
    void logsTransitionsAsJsonWithTheirKeysAndWithoutPayloads() throws Exception {
        try (var worker =
                start("quarkus.log.console.json.enabled=true", "quarkus.log.category.\"dev.agentfleet\".level=DEBUG")) {
            fleet.send(fleet.assignment("json/0", "echo", "\"a-secret\"", Duration.ofMinutes(1)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.ends("json").size() == 1);
            worker.terminate();
            assertThat(worker.awaitExit(20)).as(worker.log()).isZero();

            var lines = worker.log()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(WorkerProcessIT::json)
                    .toList();
            var started = lines.stream()
                    .filter(line -> line.path("message").asText().endsWith(" started"))
                    .filter(line -> line.path("mdc").path("taskId").asText().equals("json/0"))
                    .toList();
            assertThat(started).as(worker.log()).hasSize(1);
            var keys = started.getFirst().path("mdc");
            assertThat(keys.path("runId").asText()).isEqualTo("json");
            assertThat(keys.path("attempt").asText()).isEqualTo("1");
            assertThat(keys.path("agent").asText()).isEqualTo("echo");
            assertThat(keys.path("workerId").asText()).isNotEmpty();
            assertThat(keys.path("topic").asText()).isEqualTo(prefix + "tasks.default");
            assertThat(keys.path("partition").asText()).matches("[0-5]");
            assertThat(keys.path("offset").asText()).isEqualTo("0");
            assertThat(worker.log()).doesNotContain("a-secret");
        }
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private WorkerProcess start(String... configuration) throws Exception {
        var all = new ArrayList<>(List.of(configuration));
        all.add("kafka.bootstrap.servers=" + SharedBroker.bootstrapServers());
        all.add("fleet.topics.prefix=" + prefix);
        all.add("fleet.worker.heartbeat=PT0.2S");
        return WorkerProcess.start(directory, all.toArray(String[]::new));
    }

    private int busy() {
        @Nullable
        WorkerHeartbeat last = fleet.heartbeats().stream()
                .filter(Objects::nonNull)
                .reduce((_, later) -> later)
                .orElse(null);
        return last == null ? 0 : last.busy();
    }

    private void send(String taskId, String duration) {
        fleet.send(fleet.assignment(taskId, "sleep", "{\"duration\":\"" + duration + "\"}", Duration.ofHours(1)));
    }
}
