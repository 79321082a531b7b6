package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole worker between real topics. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class AttemptFlowIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    WorkerIdentity identity;

    @TempDir
    Path directory;

    private FleetTopics fleet;

    @BeforeEach
    void connect() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
        fleet = new FleetTopics(SharedBroker.bootstrapServers(), BrokerResource.PREFIX);
    }

    @AfterEach
    void disconnect() throws Exception {
        TestAgents.Counting.gate.countDown();
        fleet.close();
    }

    @Test
    void returnsAResultAndPassesTheRecord() throws Exception {
        send("echo/0", "echo", "{\"a\":[1,2.50]}");

        assertThat(only("echo/0")).isInstanceOfSatisfying(AttemptSucceeded.class, success -> {
            assertThat(success.output().json()).isEqualTo("{\"a\":[1,2.50]}");
            assertThat(success.workerId()).isEqualTo(identity.workerId());
        });
        await().until(() -> fleet.lag() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "permanent, NO,               never,                            false",
        "later,     BUSY,             later,                            true",
        "exception, AGENT_ERROR,      IllegalStateException: odd,       true",
        "checked,   AGENT_ERROR,      IOException: disk,                true",
        "overflow,  AGENT_ERROR,      StackOverflowError,               true",
        "memory,    AGENT_ERROR,      OutOfMemoryError: Java heap space,true",
        "linkage,   AGENT_ERROR,      NoClassDefFoundError: Missing,    true",
        "huge,      OUTPUT_TOO_LARGE, output: must be at most 262144 bytes of JSON, false",
        "uni,       UNI,              failed,                           false"
    })
    void reportsEveryKindOfFailureAndLivesOn(String how, String code, String reason, boolean retryable) {
        send("failing-" + how + "/0", "failing", '"' + how + '"');

        assertThat(only("failing-" + how + "/0")).isInstanceOfSatisfying(AttemptFailed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(code);
            assertThat(failed.failure().reason()).isEqualTo(reason);
            assertThat(failed.failure().retryable()).isEqualTo(retryable);
            assertThat(failed.timedOut()).isFalse();
        });
    }

    @Test
    void refusesBadInputAndUnknownAgents() {
        send("bad-input/0", "sleep", "{\"duration\":\"SECRET\"}");
        send("unknown/0", "nobody", "1");

        assertThat(failure("bad-input/0"))
                .isEqualTo(Failure.permanent("INVALID_INPUT", "field 'duration' must be readable as Duration"));
        assertThat(failure("unknown/0"))
                .isEqualTo(Failure.retryable("UNKNOWN_AGENT", "This worker has no agent 'nobody'"));
    }

    @Test
    void neverRunsMoreThanItsSlots() throws Exception {
        TestAgents.Counting.gate = new CountDownLatch(1);
        TestAgents.Counting.MOST.set(0);
        int before = TestAgents.Counting.STARTED.get();
        for (int i = 0; i < 300; i++) {
            send("slots/" + i, "counting", "\"x\"");
        }
        await().untilAsserted(() -> assertThat(TestAgents.Counting.RUNNING).hasValue(BrokerResource.SLOTS));
        await().during(Duration.ofMillis(500))
                .until(() -> TestAgents.Counting.STARTED.get() - before == BrokerResource.SLOTS);

        TestAgents.Counting.gate.countDown();

        await().until(() -> fleet.ends("slots").size() == 300);
        assertThat(TestAgents.Counting.MOST).hasValue(BrokerResource.SLOTS);
        await().until(() -> fleet.lag() == 0);
    }

    @Test
    void reportsAFloodExactlyOnce() {
        for (int i = 0; i < 5_000; i++) {
            send("flood/" + i, "echo", "{\"n\":1}");
        }

        await().until(() -> fleet.ends("flood").size() >= 5_000);
        await().until(() -> fleet.lag() == 0);
        assertThat(new HashSet<>(fleet.ends("flood"))).hasSize(5_000);
        assertThat(fleet.ends("flood")).hasSize(5_000);
    }

    @Test
    void claimsOnlyWhatTakesLong() {
        send("claim/0", "sleep", "{\"duration\":\"PT1.2S\"}");
        send("claim/1", "sleep", "{\"duration\":\"PT0.01S\"}");

        await().untilAsserted(() ->
                assertThat(fleet.reportNames("claim/0")).containsExactly("AttemptClaimed", "AttemptSucceeded"));
        assertThat(fleet.reportNames("claim/1")).containsExactly("AttemptSucceeded");
    }

    @Test
    void stopsABlockedThreadAUniAndAProcessAtTheTimeout() {
        Path pid = directory.resolve("pid");
        var timeout = Duration.ofMillis(800);
        fleet.send(fleet.assignment("timeout/0", "sleep", "{\"duration\":\"PT10M\"}", timeout));
        fleet.send(fleet.assignment("timeout/1", "endless", "\"x\"", timeout));
        fleet.send(fleet.assignment(
                "timeout/2", "command", "{\"argv\":[\"sh\",\"-c\",\"echo $$ > " + pid + "; sleep 600\"]}", timeout));

        for (String task : new String[] {"timeout/0", "timeout/1", "timeout/2"}) {
            await().untilAsserted(() -> assertThat(fleet.reports(task))
                    .last()
                    .isInstanceOfSatisfying(AttemptFailed.class, failed -> {
                        assertThat(failed.timedOut()).isTrue();
                        assertThat(failed.failure().code()).isEqualTo("TIMEOUT");
                        assertThat(failed.duration()).isBetween(timeout, timeout.plusSeconds(2));
                    }));
        }
        assertThat(fleet.reports("timeout/1").getFirst())
                .isInstanceOfSatisfying(
                        AttemptProgress.class,
                        progress -> assertThat(progress.share()).isEqualTo(0.5));
        await().untilTrue(TestAgents.Endless.CANCELLED);
        await().until(() ->
                !Path.of("/proc", Files.readString(pid).strip()).toFile().exists());
    }

    @Test
    void tellsHowManySlotsAreHeldByCodeThatDoesNotStop() {
        fleet.send(fleet.assignment("stubborn/0", "stubborn", "\"x\"", Duration.ofMillis(300)));

        await().until(() -> slotsLost() == 1);
        assertThat(only("stubborn/0"))
                .isInstanceOfSatisfying(
                        AttemptFailed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("TIMEOUT"));

        TestAgents.Stubborn.GATE.countDown();
        await().until(() -> slotsLost() == 0);
    }

    private int slotsLost() {
        return fleet.lastHeartbeats().stream()
                .mapToInt(WorkerHeartbeat::slotsLost)
                .sum();
    }

    @Test
    void cancelsARunWithinTwoSecondsAndDropsWhatComesLater() throws Exception {
        TestAgents.Counting.gate = new CountDownLatch(1);
        int before = TestAgents.Counting.RUNNING.get();
        send("cancel/0", "counting", "\"x\"");
        await().until(() -> TestAgents.Counting.RUNNING.get() == before + 1);

        fleet.send(new CancelRun(new RunId("cancel"), 1, null));

        await().atMost(Duration.ofSeconds(2)).until(() -> TestAgents.Counting.RUNNING.get() == before);
        send("cancel/1", "echo", "1");
        await().until(() -> fleet.lag() == 0);
        fleet.send(new TaskAssignment(TaskId.parse("cancel/2"), 1, 2, "echo", new Payload("1"), MINUTE, null));
        assertThat(only("cancel/2")).isInstanceOf(AttemptSucceeded.class);
        assertThat(fleet.ends("cancel")).containsExactlyInAnyOrder("cancel/0", "cancel/2");
        assertThat(only("cancel/0")).isInstanceOfSatisfying(AttemptReleased.class, stopped -> {
            assertThat(stopped.reason()).isEqualTo(ReleaseReason.STOPPED);
            assertThat(stopped.duration()).isPositive();
        });
    }

    @Test
    void stopsOneAttemptWhenItIsMeant() {
        TestAgents.Counting.gate = new CountDownLatch(1);
        int before = TestAgents.Counting.RUNNING.get();
        send("stop/0", "counting", "\"x\"");
        send("stop/1", "counting", "\"x\"");
        await().until(() -> TestAgents.Counting.RUNNING.get() == before + 2);

        fleet.send(new StopAttempt(TaskId.parse("stop/1"), 1, "another worker", "not ours"));
        fleet.send(new StopAttempt(TaskId.parse("stop/0"), 1, identity.workerId(), "ours"));

        await().until(() -> TestAgents.Counting.RUNNING.get() == before + 1);
        TestAgents.Counting.gate.countDown();
        await().until(() -> fleet.ends("stop").contains("stop/1"));
        assertThat(only("stop/1")).isInstanceOf(AttemptSucceeded.class);
        assertThat(only("stop/0")).isInstanceOf(AttemptReleased.class);
    }

    @Test
    void givesBackWhatComesAfterItsStartBy() {
        await().until(() -> fleet.heartbeats().stream().filter(Objects::nonNull).count() > 3);
        var inTime = fleet.assignment("late/0", "echo", "1", MINUTE);
        fleet.send(inTime);
        fleet.send(new TaskAssignment(
                TaskId.parse("late/1"), 1, 1, "echo", inTime.input(), MINUTE, Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(only("late/0")).isInstanceOf(AttemptSucceeded.class);
        assertThat(only("late/1"))
                .isInstanceOfSatisfying(
                        AttemptReleased.class,
                        released -> assertThat(released.reason()).isEqualTo(ReleaseReason.START_BY_PASSED));
    }

    @Test
    void reportsAnUnreadableAssignmentFromItsHeaders() throws Exception {
        var headers = Map.of(Headers.TASK_ID, "unreadable/7", Headers.ATTEMPT, "3");
        fleet.sendRaw("unreadable/7", "{\"type\":\"TaskAssignment\",".getBytes(StandardCharsets.UTF_8), headers);
        fleet.sendRaw("unreadable/8", null, Map.of(Headers.TASK_ID, "unreadable/8", Headers.ATTEMPT, "1"));

        assertThat(only("unreadable/7")).isInstanceOfSatisfying(AttemptFailed.class, failed -> {
            assertThat(failed.attempt()).isEqualTo(3);
            assertThat(failed.failure().code()).isEqualTo("UNREADABLE_ASSIGNMENT");
            assertThat(failed.failure().retryable()).isFalse();
        });
        assertThat(failure("unreadable/8"))
                .isEqualTo(Failure.permanent("UNREADABLE_ASSIGNMENT", "the record has no value"));
        await().until(() -> fleet.lag() == 0);
    }

    @Test
    void putsAsideWhatEvenHeadersDoNotExplain() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, 'x'};
        fleet.sendRaw(null, bytes, Map.of(Headers.TASK_ID, "no task id", Headers.ATTEMPT, "1", "other", "kept"));
        fleet.sendRaw(null, null, Map.of());

        await().until(() -> fleet.deadLetters().size() == 2);
        assertThat(fleet.deadLetters()).anySatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(bytes);
            assertThat(FleetTopics.text(letter, Headers.REASON)).contains("not well-formed JSON");
            assertThat(FleetTopics.text(letter, Headers.SOURCE_TOPIC)).isEqualTo("flow.tasks.default");
            assertThat(FleetTopics.text(letter, Headers.SOURCE_PARTITION)).matches("\\d+");
            assertThat(FleetTopics.text(letter, Headers.SOURCE_OFFSET)).matches("\\d+");
            assertThat(FleetTopics.text(letter, "other")).isEqualTo("kept");
        });
        assertThat(fleet.deadLetters())
                .anySatisfy(letter -> assertThat(letter.value()).isNull());
        await().until(() -> fleet.lag() == 0);
    }

    @Test
    void saysWhoItIsAndWhatItCanDo() {
        await().untilAsserted(() -> assertThat(fleet.heartbeats())
                .filteredOn(Objects::nonNull)
                .last()
                .satisfies(heartbeat -> {
                    assertThat(heartbeat.workerId()).isEqualTo(identity.workerId());
                    assertThat(heartbeat.pool()).isEqualTo("default");
                    assertThat(heartbeat.slots()).isEqualTo(BrokerResource.SLOTS);
                    assertThat(heartbeat.partitions()).containsExactly(0, 1, 2, 3, 4, 5);
                    assertThat(heartbeat.agents()).extracting("name").contains("command", "echo", "sleep");
                    assertThat(heartbeat.draining()).isFalse();
                }));
    }

    private void send(String taskId, String agent, String input) {
        fleet.send(fleet.assignment(taskId, agent, input, MINUTE));
    }

    /** The one report that ends the task's attempt, whether it was claimed before or not. */
    private AttemptReport only(String taskId) {
        await().until(() -> !ends(taskId).isEmpty());
        assertThat(ends(taskId)).hasSize(1);
        return ends(taskId).getFirst();
    }

    private List<AttemptReport> ends(String taskId) {
        return fleet.reports(taskId).stream()
                .filter(report -> !(report instanceof AttemptClaimed))
                .toList();
    }

    private Failure failure(String taskId) {
        return ((AttemptFailed) only(taskId)).failure();
    }
}
