package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import dev.agentfleet.contract.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of the quotas within the topology. */
class QuotaProcessorTest {

    private static final Lane LANE = QuotaSamples.LANE;
    private static final Lane OTHER = new Lane("openai", "team", "gpt/x:1");
    private static final QuotaAmount CALL = QuotaAmount.call(0, 0);

    @TempDir
    private @Nullable Path stateDir;

    private @Nullable TopologyTestDriver started;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private long number;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, Objects.requireNonNull(stateDir).toString());
        started = new TopologyTestDriver(
                FleetTopology.build(QuotaSamples.homes(now), QuotaSamples.settings()), properties, now);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void tellsTheConfiguredLimitsWhenItBeginsAndAgainLater() {
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(control()).containsExactly(new LimitLane(LANE, QuotaLimits.ofRequests(100)));

        driver().advanceWallClockTime(Duration.ofHours(1));
        assertThat(control()).containsExactly(new LimitLane(LANE, QuotaLimits.ofRequests(100)));
    }

    @Test
    void answersTheWorkerThatAskedByTheBrokersTime() {
        send(ask(LANE, "worker-a", 3));

        TestRecord<byte[], byte[]> record =
                topic("fleet.quota.grants").readRecordsToList().getFirst();
        PermitsGranted granted = Json.read(record.value(), PermitsGranted.class);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("worker-a");
        assertThat(granted.number()).isEqualTo(number);
        assertThat(granted.amount().requests()).isEqualTo(3);
        assertThat(granted.grantedAt()).isEqualTo(now);
        assertThat(granted.validFor()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void limitsAreChangedAndToldToAll() {
        driver().advanceWallClockTime(Duration.ofSeconds(1));
        control();
        var limits = new LimitLane(OTHER, QuotaLimits.ofRequests(1));
        send(limits);

        assertThat(control()).containsExactly(limits);
        assertThat(granted(OTHER)).isEqualTo(1);
        assertThat(granted(OTHER)).isZero();
    }

    @Test
    void aRefusalIsToldToAllWithItsTime() {
        send(new HoldLane(OTHER, Duration.ofSeconds(7), "529"));

        assertThat(control()).containsExactly(new HoldLane(OTHER, Duration.ofSeconds(7), "529"));
        assertThat(granted(OTHER)).isZero();
    }

    @Test
    void answersAReservationToTheWorkerThatAskedAndTakesWhatItTells() {
        RunId run = new RunId("run-1");
        var ask = new ReserveBudget(
                run, "worker-a", 7, new BudgetAmount(600, 0), new RunBudget(1_000L, null), Duration.ofMinutes(1));
        send(run, ask);

        TestRecord<byte[], byte[]> record =
                topic("fleet.quota.grants").readRecordsToList().getFirst();
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("worker-a");
        assertThat(Json.read(record.value(), BudgetReserved.class))
                .isEqualTo(new BudgetReserved(
                        run, "worker-a", 7, BudgetReserved.Verdict.GRANTED, BudgetAmount.NONE, null));

        send(run, new SettleBudget(run, "worker-a", 7, new BudgetAmount(450, 0)));
        assertThat(topic("fleet.quota.grants").isEmpty()).isTrue();
        send(run, new ReserveBudget(run, "worker-b", 7, ask.amount(), ask.budget(), ask.within()));
        assertThat(Json.read(topic("fleet.quota.grants").readValue(), BudgetReserved.class))
                .isEqualTo(new BudgetReserved(
                        run, "worker-b", 7, BudgetReserved.Verdict.EXHAUSTED, new BudgetAmount(450, 0), null));

        send(run, new ForgetBudget(run));
        send(run, new ReserveBudget(run, "worker-b", 8, ask.amount(), ask.budget(), ask.within()));
        assertThat(Json.read(topic("fleet.quota.grants").readValue(), BudgetReserved.class)
                        .spent())
                .isEqualTo(BudgetAmount.NONE);
    }

    @Test
    void putsWhatItCannotReadAsideAndGoesOn() {
        raw("garbage");
        raw(null);
        raw("{\"type\":\"AskPermits\",\"lane\":\"nonsense\"}");
        raw(new String(Json.write(new Tick(1)), StandardCharsets.UTF_8));
        raw("{\"type\":\"ReserveBudget\",\"runId\":\"r\",\"workerId\":\"w\",\"number\":1}");
        raw("{\"type\":\"LimitLane\",\"lane\":\"a/b/c\",\"limits\":{\"requests\":-1}}");

        List<TestRecord<byte[], byte[]>> letters = topic("fleet.dead-letters").readRecordsToList();
        assertThat(letters)
                .hasSize(6)
                .allSatisfy(letter -> assertThat(new String(
                                letter.headers()
                                        .lastHeader(Headers.SOURCE_TOPIC)
                                        .value(),
                                StandardCharsets.UTF_8))
                        .isEqualTo("fleet.quota.requests"));
        assertThat(granted(LANE)).isEqualTo(1);
    }

    private long granted(Lane lane) {
        topic("fleet.quota.grants").readValuesToList();
        send(ask(lane, "worker-a", 1));
        List<byte[]> answers = topic("fleet.quota.grants").readValuesToList();
        return Json.read(answers.getFirst(), PermitsGranted.class).amount().requests();
    }

    private AskPermits ask(Lane lane, String worker, long calls) {
        number++;
        QuotaAmount want = new QuotaAmount(calls, 0, 0);
        return new AskPermits(lane, worker, number, want, CALL, List.of(), List.of(), null);
    }

    private void send(QuotaRequest request) {
        send(request.lane(), request);
    }

    private void send(Object key, Message request) {
        now = now.plusMillis(5);
        driver().createInputTopic("fleet.quota.requests", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(bytes(key.toString()), Json.write(request), now);
    }

    private void raw(@Nullable String value) {
        driver().createInputTopic("fleet.quota.requests", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes("k"), value == null ? null : bytes(value), now));
    }

    private List<Control> control() {
        return topic("fleet.control").readValuesToList().stream()
                .map(value -> Json.read(value, Control.class))
                .toList();
    }

    private TestOutputTopic<byte[], byte[]> topic(String name) {
        return driver().createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(started);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
