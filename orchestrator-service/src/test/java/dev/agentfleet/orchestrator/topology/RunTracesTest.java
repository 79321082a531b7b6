package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.fleet.Placement;
import dev.agentfleet.orchestrator.fleet.PoolWindows;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.partition.DecisionObserver;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a run from its submission through its attempts, as an exporter gets it. */
class RunTracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final String ATTEMPT = "b7ad6b7169203331";
    private static final RunId RUN = new RunId("traced");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private @Nullable Path stateDir;

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final List<Runnable> uncommitted = new ArrayList<>();
    private @Nullable TopologyTestDriver driver;

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void oneTraceFromTheClientThroughTheAttemptToTheOutcome() {
        start(telemetry(Sampler.parentBased(Sampler.alwaysOff())), 10);
        submit(1, "00-" + TRACE + '-' + CLIENT + "-01");
        var assignment = read("fleet.tasks.default").getFirst();
        succeed(0, "00-" + TRACE + '-' + ATTEMPT + "-01");
        var events = read("fleet.runs");
        commit();

        print();
        SpanData submit = span("submit");
        SpanData dispatch = span("dispatch");
        SpanData settle = span("settle");
        SpanData run = span("run");
        assertThat(exporter.getFinishedSpanItems())
                .hasSize(4)
                .allMatch(span -> span.getTraceId().equals(TRACE));
        assertThat(submit.getParentSpanId()).isEqualTo(CLIENT);
        assertThat(dispatch.getParentSpanId()).isEqualTo(submit.getSpanId());
        assertThat(settle.getParentSpanId()).isEqualTo(ATTEMPT);
        assertThat(run.getParentSpanId()).isEqualTo(submit.getSpanId());
        assertThat(traceparent(assignment)).isEqualTo("00-" + TRACE + '-' + dispatch.getSpanId() + "-01");
        assertThat(traceparent(events.get(0))).isEqualTo("00-" + TRACE + '-' + settle.getSpanId() + "-01");
        assertThat(traceparent(events.get(1))).isEqualTo("00-" + TRACE + '-' + run.getSpanId() + "-01");
        assertThat(dispatch.getAttributes().asMap().values()).contains("traced", "traced/0", "echo", "default", 1L);
    }

    @Test
    void beginsATraceWhereTheClientHasNone() {
        start(telemetry(Sampler.alwaysOn()), 10);
        submit(1, null);
        commit();

        assertThat(span("dispatch").getTraceId()).isEqualTo(span("submit").getTraceId());
    }

    @Test
    void exportsNothingOfWhatIsTakenBack() {
        start(telemetry(Sampler.alwaysOn()), 10);
        submit(1, null);
        uncommitted.clear();
        commit();

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void aRunThatIsNotSampledMakesNoSpansAndSendsNoHeaders() {
        start(telemetry(Sampler.parentBased(Sampler.alwaysOn())), 10);
        submit(2, "00-" + TRACE + '-' + CLIENT + "-00");
        var assignments = read("fleet.tasks.default");
        succeed(0, null);
        commit();

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
        assertThat(assignments).hasSize(2).allMatch(assignment -> traceparent(assignment) == null);
    }

    @Test
    void tracesTheFirstTasksOfALargeRunOnly() {
        start(telemetry(Sampler.alwaysOn()), 2);
        submit(5, null);
        commit();

        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsOnlyOnce("submit")
                .filteredOn("dispatch"::equals)
                .hasSize(2);
    }

    @Test
    void handsAClientsTraceOnWhereNothingIsExported() {
        start(OpenTelemetry.noop(), 10);
        submit(1, "00-" + TRACE + '-' + CLIENT + "-01");
        succeed(0, "00-" + TRACE + '-' + CLIENT + "-01");

        assertThat(traceparent(read("fleet.tasks.default").getFirst())).isEqualTo("00-" + TRACE + '-' + CLIENT + "-01");
        assertThat(read("fleet.runs"))
                .hasSize(2)
                .allMatch(event -> ("00-" + TRACE + '-' + CLIENT + "-01").equals(traceparent(event)));
        assertThat(uncommitted).isEmpty();
    }

    @Test
    void anUnreadableTraceparentIsNone() {
        start(OpenTelemetry.noop(), 10);
        submit(1, "not a trace");

        assertThat(traceparent(read("fleet.tasks.default").getFirst())).isNull();
    }

    private OpenTelemetry telemetry(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
    }

    private void start(OpenTelemetry telemetry, int tasks) {
        InstantSource clock = InstantSource.fixed(NOW);
        WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), clock);
        RunTraces traces = new RunTraces(telemetry, tasks, uncommitted::add);
        Placement placement = new Placement(workers, clock);
        HomeSettings settings = new HomeSettings(
                Topics.DEFAULT,
                1,
                new AdmissionRules(Set.of("default"), Map.of(), 1_000),
                new PoolWindows(workers, placement, clock)::of,
                placement::of,
                workers,
                new Telemetry(DecisionObserver.NONE, () -> {}, (partition, load) -> {}, traces),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                new RunRetention(Duration.ofMinutes(10)),
                new ReadablePartitions(),
                (partition, tick) -> {},
                new CommitPace(Duration.ofMillis(10), Duration.ofMillis(60), () -> 0),
                action -> {},
                id -> {},
                clock);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, Objects.requireNonNull(stateDir).toString());
        driver = new TopologyTestDriver(FleetTopology.build(settings, QuotaSamples.none()), properties, NOW);
    }

    private void commit() {
        uncommitted.forEach(Runnable::run);
        uncommitted.clear();
    }

    private void submit(int tasks, @Nullable String traceparent) {
        String specs = String.join(",", java.util.Collections.nCopies(tasks, "{\"agent\":\"echo\"}"));
        send("fleet.requests", "{\"type\":\"SubmitRun\",\"tasks\":[" + specs + "]}", traceparent);
    }

    private void succeed(int index, @Nullable String traceparent) {
        var report = new AttemptSucceeded(new TaskId(RUN, index), 1, "worker-a", Payload.NULL, Duration.ofMillis(3));
        send("fleet.results", new String(Json.write(report), StandardCharsets.UTF_8), traceparent);
    }

    private void send(String topic, String value, @Nullable String traceparent) {
        RecordHeaders headers = new RecordHeaders();
        if (traceparent != null) {
            headers.add(Headers.TRACEPARENT, bytes(traceparent));
        }
        driver().createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes(RUN.value()), bytes(value), headers, NOW));
    }

    private List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver().createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(driver);
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name));
    }

    private void print() {
        exporter.getFinishedSpanItems()
                .forEach(span -> System.out.println(span.getTraceId() + "  " + span.getParentSpanId() + " -> "
                        + span.getSpanId() + "  " + span.getName() + ' '
                        + span.getAttributes().asMap()));
    }

    private static @Nullable String traceparent(TestRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(Headers.TRACEPARENT);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
