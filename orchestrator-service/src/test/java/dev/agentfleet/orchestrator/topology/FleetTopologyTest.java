package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.Tick;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.fleet.Placement;
import dev.agentfleet.orchestrator.fleet.PoolWindows;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology as a whole. The test driver has one partition, so a fleet of two home partitions shows what is at home here
 * and what must be sent on.
 */
class FleetTopologyTest {

    private static final RunId HERE = named(0, 2);
    private static final RunId ELSEWHERE = named(1, 2);
    private static final Duration RETENTION = Duration.ofDays(7);

    @TempDir
    private @Nullable Path stateDir;

    private @Nullable TopologyTestDriver started;
    private final List<RunCompleted> completing = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final ReadablePartitions readable = new ReadablePartitions();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @BeforeEach
    void start() {
        InstantSource clock = InstantSource.fixed(now);
        WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), clock);
        Placement placement = new Placement(workers, clock);
        HomeSettings settings = new HomeSettings(
                Topics.DEFAULT,
                2,
                new AdmissionRules(Set.of("default"), Map.of(), 1_000),
                new PoolWindows(workers, placement, clock)::of,
                placement::of,
                workers,
                Telemetry.NONE,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                new RunRetention(RETENTION),
                readable,
                (partition, tick) -> ticks.add(tick),
                new CommitPace(Duration.ofMillis(10), Duration.ofMillis(60), () -> 0),
                action -> {},
                completing::add,
                clock);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, Objects.requireNonNull(stateDir).toString());
        started = new TopologyTestDriver(FleetTopology.build(settings, QuotaSamples.none()), properties, now);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void itsStateIsReadableFromItsInitToItsClose() {
        assertThat(readable.read(0, () -> "state")).isEqualTo("state");

        driver().close();
        started = null;

        assertThatExceptionOfType(StateUnavailableException.class).isThrownBy(() -> readable.read(0, () -> "state"));
    }

    @Test
    void publishesAssignmentThenOutcomeThenCompletion() {
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}");
        TestRecord<byte[], byte[]> assignment =
                only(topic("fleet.tasks.default").readRecordsToList());
        TaskAssignment task = Json.read(assignment.value(), TaskAssignment.class);
        result(new AttemptSucceeded(task.taskId(), 1, "worker-a", task.input(), Duration.ofMillis(3)));

        assertThat(text(assignment.key())).isEqualTo(HERE + "/0");
        assertThat(header(assignment, Headers.TASK_ID)).isEqualTo(HERE + "/0");
        assertThat(header(assignment, Headers.ATTEMPT)).isEqualTo("1");
        List<RunEvent> events = events();
        assertThat(events).hasSize(2);
        assertThat(((TaskOutcome) events.get(0)).output()).isEqualTo(new Payload("{\"text\":\"hi\"}"));
        assertThat(((RunCompleted) events.get(1)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(completing).extracting(RunCompleted::runId).containsExactly(HERE);
    }

    @Test
    void sendsARequestThatLivesElsewhereHomeOnceWithItsBytes() {
        String odd = "{ \"agent\":\"echo\",   \"type\":\"SubmitRun\"}";
        request(ELSEWHERE.value(), odd);

        TestRecord<byte[], byte[]> sent = only(topic("fleet.requests").readRecordsToList());
        assertThat(text(sent.key())).isEqualTo(ELSEWHERE.value());
        assertThat(text(sent.value())).isEqualTo(odd);
        assertThat(header(sent, Headers.FORWARDED)).isEqualTo("1");
        // The test driver feeds it back into the only partition: a forwarded record that is still not at home.
        assertThat(header(only(topic("fleet.dead-letters").readRecordsToList()), Headers.REASON))
                .contains("not the run's home");
    }

    @Test
    void findsTheRunInTheValueWhereTheKeyIsMissing() {
        request(null, "{\"type\":\"SubmitRun\",\"runId\":\"" + HERE + "\",\"agent\":\"echo\"}");

        assertThat(topic("fleet.tasks.default").readRecordsToList()).hasSize(1);
    }

    @Test
    void putsWhatItCannotReadAsideAndGoesOn() {
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":");
        request(null, "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");
        request("other", "{\"type\":\"SubmitRun\",\"runId\":\"" + HERE + "\",\"agent\":\"echo\"}");
        request("bad key\n", "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");
        request(HERE.value(), null);
        request(HERE.value(), "null");
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"a\":1,\"a\":2}}");
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":\"" + "x".repeat(1 << 20) + "\"}");
        topicIn("fleet.results").pipeInput(bytes("k"), bytes("garbage"), now);
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");

        List<TestRecord<byte[], byte[]>> letters = topic("fleet.dead-letters").readRecordsToList();
        assertThat(letters)
                .extracting(letter -> header(letter, Headers.REASON))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("not well-formed JSON at byte"),
                        reason -> assertThat(reason).contains("runId: is missing"),
                        reason -> assertThat(reason).contains("must equal the record key 'other'"),
                        reason -> assertThat(reason).contains("key: runId: 'bad key?'"),
                        reason -> assertThat(reason).contains("value: is missing"),
                        reason -> assertThat(reason).contains("must be a JSON object"),
                        reason -> assertThat(reason).contains("two fields of one name"),
                        reason -> assertThat(reason).contains("must be at most 1048576 bytes"),
                        reason -> assertThat(reason).contains("not well-formed JSON"));
        assertThat(text(letters.getFirst().value())).isEqualTo("{\"type\":\"SubmitRun\",\"agent\":");
        assertThat(header(letters.getFirst(), Headers.SOURCE_TOPIC)).isEqualTo("fleet.requests");
        assertThat(header(letters.getFirst(), Headers.SOURCE_OFFSET)).isEqualTo("0");
        assertThat(topic("fleet.tasks.default").readRecordsToList()).hasSize(1);
        assertThat(events()).hasOnlyElementsOfType(RunRejected.class).hasSize(6);
    }

    @Test
    void rejectsAnUnknownPoolWithFieldValueAndRule() {
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"pool\":\"gpu\"}");

        assertThat(events())
                .containsExactly(new RunRejected(
                        HERE, "SubmitRun", "pool: 'gpu' must be one of the configured pools [default]"));
    }

    @Test
    void asksForTimeOnlyWhileSomethingWaitsForIt() {
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(ticks).as("ticks of an idle partition").isEmpty();

        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(ticks).as("while the first has not come back").hasSize(1);

        topicIn("fleet.results").pipeInput(bytes("tick/0"), Json.write(ticks.getFirst()), now);
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(ticks).hasSize(2);
    }

    @Test
    void cancelsARunInSlicesBehindThePunctuation() {
        String tasks = "{\"agent\":\"echo\"},".repeat(999) + "{\"agent\":\"echo\"}";
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"tasks\":[" + tasks + "]}");
        request(HERE.value(), text(Json.write(CancelRun.of(HERE, "enough"))));
        driver().advanceWallClockTime(Duration.ofMillis(60));

        List<RunEvent> events = events();
        assertThat(events).hasSize(1_001);
        assertThat(((RunCompleted) events.getLast()).counts().cancelled()).isEqualTo(1_000);
        assertThat(topic("fleet.control").readRecordsToList()).hasSize(1);
    }

    @Test
    void leavesNothingOfAFinishedRunInTheStores() {
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"open\":true}");
        request(HERE.value(), text(Json.write(new AppendTasks(HERE, 1, tasks(20)))));
        request(HERE.value(), text(Json.write(new AppendTasks(HERE, 3, tasks(1)))));
        request(HERE.value(), text(Json.write(new AppendTasks(HERE, 2, tasks(1)))));
        driver().advanceWallClockTime(Duration.ofMillis(60));
        request(HERE.value(), text(Json.write(new SealRun(HERE, 3, 22, null))));
        finish(task -> new AttemptFailed(
                task.taskId(), task.attempt(), "w", Failure.permanent("X", "no use"), false, Duration.ZERO));
        request(HERE.value(), text(Json.write(new RedriveTasks(HERE, 2, null, null, 3))));
        driver().advanceWallClockTime(Duration.ofMillis(60));
        now = now.plusSeconds(1);
        tick();
        finish(task -> new AttemptSucceeded(task.taskId(), task.attempt(), "w", task.input(), Duration.ZERO));
        assertThat(events().getLast())
                .isInstanceOfSatisfying(
                        RunCompleted.class, end -> assertThat(end.revision()).isEqualTo(2));
        assertThat(keys())
                .as("22 states, 3 pages, 3 hashes, 3 outcomes, 3 timers, run and list")
                .hasSize(36);
        assertThat(listed(RunStatus.FAILED)).containsExactly(HERE.value());

        now = now.plus(RETENTION);
        tick();
        for (int slice = 0; slice < 5; slice++) {
            driver().advanceWallClockTime(Duration.ofMillis(60));
        }

        assertThat(keys()).isEmpty();
        TestRecord<byte[], byte[]> retracted =
                topic("fleet.control").readRecordsToList().getLast();
        assertThat(text(retracted.key())).isEqualTo("CancelRun/" + HERE);
        assertThat(retracted.value()).isNull();
    }

    @Test
    void asksSeldomForTimeWhileFinishedRunsAreKept() {
        request(HERE.value(), "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");
        finish(task -> new AttemptSucceeded(task.taskId(), task.attempt(), "w", task.input(), Duration.ZERO));
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        tick();
        ticks.clear();

        for (int second = 0; second < 240; second++) {
            now = now.plusSeconds(1);
            driver().advanceWallClockTime(Duration.ofSeconds(1));
            if (!ticks.isEmpty() && second % 10 == 0) {
                pipeLastTick();
            }
        }

        assertThat(ticks).hasSizeBetween(3, 5);
    }

    private static List<TaskSpec> tasks(int tasks) {
        return Collections.nCopies(tasks, TaskSpec.of("echo", Payload.NULL));
    }

    /** Answers every assignment, and those that follow. */
    private void finish(Function<TaskAssignment, AttemptReport> answer) {
        TestOutputTopic<byte[], byte[]> sent = topic("fleet.tasks.default");
        for (int round = 0; round < 5; round++) {
            sent.readValuesToList().forEach(value -> result(answer.apply(Json.read(value, TaskAssignment.class))));
            driver().advanceWallClockTime(Duration.ofMillis(60));
        }
    }

    /** Brings the log's time to now. */
    private void tick() {
        driver().advanceWallClockTime(Duration.ofMinutes(2));
        pipeLastTick();
    }

    private void pipeLastTick() {
        topicIn("fleet.results").pipeInput(bytes("tick/0"), Json.write(ticks.getLast()), now);
    }

    private List<String> listed(RunStatus status) {
        return keys().stream()
                .filter(key -> key.startsWith("l" + status.name().charAt(0)))
                .map(key -> key.substring(2 + Long.BYTES))
                .toList();
    }

    /** Of both stores. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String store : List.of(StreamsRunStore.RUNS, StreamsRunStore.TASKS)) {
            try (KeyValueIterator<Bytes, byte[]> all =
                    driver().<Bytes, byte[]>getKeyValueStore(store).all()) {
                all.forEachRemaining(entry -> keys.add(new String(entry.key.get(), StandardCharsets.ISO_8859_1)));
            }
        }
        return keys;
    }

    private static RunId named(int partition, int partitions) {
        for (int i = 0; ; i++) {
            RunId id = new RunId("run-" + i);
            if (HomePartitioner.home(id, partitions) == partition) {
                return id;
            }
        }
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(started);
    }

    private void request(@Nullable String key, @Nullable String value) {
        topicIn("fleet.requests")
                .pipeInput(new TestRecord<>(key == null ? null : bytes(key), value == null ? null : bytes(value), now));
    }

    private void result(AttemptReport report) {
        now = now.plusMillis(5);
        topicIn("fleet.results").pipeInput(bytes(report.taskId().runId().value()), Json.write(report), now);
    }

    private TestInputTopic<byte[], byte[]> topicIn(String name) {
        return driver().createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> topic(String name) {
        return driver().createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<RunEvent> events() {
        return topic("fleet.runs").readValuesToList().stream()
                .map(value -> Json.read(value, RunEvent.class))
                .toList();
    }

    private static @Nullable String header(TestRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
