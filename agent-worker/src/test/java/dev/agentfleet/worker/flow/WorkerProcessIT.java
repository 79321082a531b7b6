package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** How the worker process starts and ends. */
@Tag("long")
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
        try (var worker =
                start("fleet.worker.slots=20", "fleet.worker.drain-budget=PT4S", "fleet.worker.patience=PT1H")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 20);
            for (int i = 0; i < 200; i++) {
                send("waiting/" + i, "PT0S");
            }

            // When
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
    void givesEverythingBackAtOnceOnASecondSigterm() throws Exception {
        // Given
        for (int i = 0; i < 10; i++) {
            send("long/" + i, "PT10M");
        }
        try (var worker = start("fleet.worker.slots=10", "fleet.worker.drain-budget=PT10M")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 10);
            worker.terminate();
            await().until(() -> fleet.heartbeats().stream().anyMatch(beat -> beat != null && beat.draining()));

            // When
            worker.terminate();

            // Then
            assertThat(worker.awaitExit(20)).as(worker.log()).isZero();
        }
        for (int i = 0; i < 10; i++) {
            int task = i;
            await().untilAsserted(() ->
                    assertThat(fleet.reportNames("long/" + task)).containsExactly("AttemptClaimed", "AttemptReleased"));
        }
    }

    @Test
    void aWorkerThatStartsLaterDropsWhatWasCancelledBefore() throws Exception {
        send("cancelled/0", "PT0S");
        send("other/0", "PT0S");
        fleet.send(new CancelRun(new RunId("cancelled"), 1, null));

        try (var worker = start("fleet.worker.slots=5")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.ends("other").size() == 1 && fleet.lag() == 0);
            worker.terminate();
            assertThat(worker.awaitExit(20)).as(worker.log()).isZero();
        }

        assertThat(fleet.ends("cancelled")).isEmpty();
    }

    @Test
    void aClaimedAttemptHoldsBackNoOffsetAndIsNotStartedAgain() throws Exception {
        // Given: one long attempt, claimed, with short ones behind it
        send("long/0", "PT10M");
        try (var first = start("fleet.worker.slots=5")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 1);
            for (int i = 0; i < 100; i++) {
                send("short/" + i, "PT0.01S");
            }
            await().until(() -> fleet.ends("short").size() == 100);
            await().atMost(Duration.ofSeconds(5)).until(() -> fleet.lag() == 0);

            // When: another worker shares the partitions, then the first is killed
            try (var second = start("fleet.worker.slots=5")) {
                await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 2);
                first.kill();
                send("after/0", "PT0.01S");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> fleet.ends("after").size() == 1 && fleet.lag() == 0);

                // Then
                assertThat(fleet.reportNames("long/0")).containsExactly("AttemptClaimed");
                assertThat(fleet.ends("short")).as("each once").hasSize(100);
                second.terminate();
                assertThat(second.awaitExit(20)).as(second.log()).isZero();
            }
        }
    }

    @Test
    void aTaskThreeTimesLongerThanTheMostBetweenTwoPollsRunsOnce() throws Exception {
        // Given: the only slot is taken for longer than Kafka waits for a poll, and others wait behind it
        try (var worker =
                start("fleet.worker.slots=1", "mp.messaging.incoming.assignments.max.poll.interval.ms=3000")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 1);
            Set<String> members = fleet.members();
            send("long/0", "PT9S");
            await().until(() -> busy() == 1);
            for (int i = 0; i < 10; i++) {
                send("behind/" + i, "PT0S");
            }

            // Then
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.reportNames("long/0").equals(List.of("AttemptClaimed", "AttemptSucceeded")));
            assertThat(fleet.lastHeartbeats())
                    .extracting(WorkerHeartbeat::partitions)
                    .allMatch(all -> all.size() == 6);
            assertThat(fleet.members())
                    .as("nobody left and came back")
                    .hasSize(1)
                    .isEqualTo(members);
        }
    }

    @Test
    void goesOnAfterAStandstillThatItsGroupDidNotNotice() throws Exception {
        // Given: a record that nothing was committed before
        try (var worker = start("fleet.worker.slots=5", "fleet.worker.session-timeout=PT20S")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 1);

            // When
            worker.standStill(Duration.ofSeconds(11));
            send("after/0", "PT0.01S");

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> fleet.ends("after").size() == 1 && fleet.lag() == 0);
            assertThat(fleet.reportNames("after/0")).containsExactly("AttemptSucceeded");
        }
    }

    @Test
    void whatIsInWorkIsClaimedWhenItsPartitionIsGivenUp() throws Exception {
        // Given: attempts too young to be claimed for minutes
        try (var first = start("fleet.worker.slots=20", "fleet.worker.claim-after=PT10M")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 1);
            for (int i = 0; i < 12; i++) {
                send("young/" + i, "PT10M");
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 12);
            assertThat(fleet.reportNames("young/0")).isEmpty();

            // When
            try (var second = start("fleet.worker.slots=20", "fleet.worker.claim-after=PT10M")) {
                await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 2);

                // Then: those of the given up partitions are claimed by the first, and start nowhere else
                await().until(() -> IntStream.range(0, 12)
                        .anyMatch(i -> fleet.reportNames("young/" + i).contains("AttemptClaimed")));
                send("new/0", "PT0.01S");
                await().until(() -> fleet.ends("new").size() == 1);
                await().during(Duration.ofSeconds(1))
                        .until(() -> fleet.lastHeartbeats().stream()
                                .map(WorkerHeartbeat::busy)
                                .collect(Collectors.toSet())
                                .equals(Set.of(0, 12)));
                assertThat(fleet.workersOf("young")).hasSize(1);
                assertThat(fleet.ends("young")).isEmpty();
            }
        }
    }

    @Test
    void whatAKilledWorkerMayHaveBegunIsClaimedBeforeItStartsAgain() throws Exception {
        // Given: a worker that is killed while it runs what it has not claimed
        try (var first = start("fleet.worker.slots=5", "fleet.worker.claim-after=PT10M")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> workersWithPartitions() == 1);
            send("killer/0", "PT10M");
            await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 1);
            first.kill();
        }
        assertThat(fleet.reportNames("killer/0")).isEmpty();

        // When
        try (var second = start("fleet.worker.slots=5", "fleet.worker.claim-after=PT10M")) {
            // Then: at once, although it would be claimed after ten minutes only
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> fleet.reportNames("killer/0").equals(List.of("AttemptClaimed")));
            send("new/0", "PT0.01S");
            await().until(() -> fleet.ends("new").size() == 1);
            assertThat(fleet.reportNames("new/0")).as("came later").containsExactly("AttemptSucceeded");
        }
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

    /** Living workers that own partitions, by their last heartbeats. */
    private long workersWithPartitions() {
        return fleet.lastHeartbeats().stream()
                .filter(beat -> !beat.partitions().isEmpty())
                .count();
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
