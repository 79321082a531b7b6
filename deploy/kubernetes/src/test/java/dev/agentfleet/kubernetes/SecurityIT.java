package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.kubernetes.Rights.Right;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Kafka that asks everybody who they are and allows what the chart grants, with real certificates. Orchestrator and worker
 * are told of it by the chart's configuration alone.
 */
class SecurityIT {
    private static final List<String> ROLES = List.of("orchestrator", "worker", "submitter", "scaler");
    private static final String PREFIX = "secure.fleet.";
    private static final Topics TOPICS = new Topics(PREFIX);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable SecureBroker started;

    @BeforeAll
    static void start() throws Exception {
        SecureBroker broker = SecureBroker.start(Objects.requireNonNull(directory));
        started = broker;
        Path values = values(broker);
        broker.create(Chart.objects(values, KafkaTopic.class).stream()
                .map(SecurityIT::topic)
                .toList());
        List<Right> rights = Rights.of(values);
        for (String role : ROLES) {
            broker.let(
                    role,
                    rights.stream().filter(right -> right.role().equals(role)).toList());
        }
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void eachRoleCanDoItsWork() throws Exception {
        RunId run = new RunId("secured");
        try (ServiceProcess orchestrator = service("orchestrator", "orchestrator", "orchestrator-service");
                ServiceProcess worker = service("worker-default", "worker", "agent-worker")) {
            orchestrator.awaitReady();
            worker.awaitReady();

            // When
            submit(run, SubmitRun.batch(run, Collections.nCopies(20, TaskSpec.of("echo", new Payload("1"))), null));

            // Then
            assertThat(awaitCompletion(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertStops(new RunId("cancelled"), worker);
            assertThat(lag()).as("what the scaler reads").isNotEmpty();
            for (ServiceProcess service : List.of(orchestrator, worker)) {
                assertThat(service.log())
                        .doesNotContainIgnoringCase("not authorized")
                        .doesNotContain(SecureBroker.passwordOf("orchestrator"))
                        .doesNotContain(SecureBroker.passwordOf("worker"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "worker, requests",
        "worker, runs",
        "worker, control",
        "worker, dead-letters",
        "worker, tasks.default",
        "submitter, results",
        "submitter, runs",
        "submitter, control",
        "submitter, workers",
        "submitter, dead-letters",
        "submitter, tasks.default",
        "scaler, requests",
        "scaler, results",
        "scaler, runs",
        "scaler, control",
        "scaler, workers",
        "scaler, dead-letters",
        "scaler, tasks.default"
    })
    void noRoleWritesWhatIsNotItsOwn(String role, String topic) {
        // Idempotence asks for a right of its own first, and who may write nothing is refused that before or after the
        // record.
        try (var producer = producer(role, Map.of("enable.idempotence", false))) {
            var record = new ProducerRecord<byte[], byte[]>(PREFIX + topic, new byte[] {1});

            assertThatThrownBy(() -> producer.send(record).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "worker, requests",
        "worker, results",
        "worker, runs",
        "worker, workers",
        "worker, dead-letters",
        "submitter, requests",
        "submitter, results",
        "submitter, control",
        "submitter, workers",
        "submitter, dead-letters",
        "submitter, tasks.default",
        "scaler, requests",
        "scaler, results",
        "scaler, runs",
        "scaler, control",
        "scaler, workers",
        "scaler, dead-letters",
        "scaler, tasks.default",
        "orchestrator, tasks.default"
    })
    void noRoleReadsWhatIsNotItsOwn(String role, String topic) {
        try (var consumer = consumer(role)) {
            var partition = new TopicPartition(PREFIX + topic, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);

            assertThatThrownBy(() -> pollFor(consumer, PATIENCE)).isInstanceOf(AuthorizationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator", "worker", "submitter", "scaler"})
    void noRoleGoverns(String role) {
        try (Admin admin = Admin.create(client(role))) {
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic(PREFIX + "more", 1, (short) 1)))
                            .all()
                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() ->
                            admin.deleteTopics(List.of(TOPICS.results())).all().get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() ->
                            admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aWrongPasswordLetsNobodyIn() {
        try (Admin admin = Admin.create(broker().client("worker", "guessed"))) {
            assertThatThrownBy(() -> admin.listTopics().names().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    /** The worker hears of a cancel, and the orchestrator of what became of it. */
    private static void assertStops(RunId run, ServiceProcess worker) throws Exception {
        TaskSpec sleep = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT5M\"}"));
        submit(run, SubmitRun.batch(run, List.of(sleep), null));
        worker.awaitMetric("fleet_worker_slots_busy", 1);
        submit(run, new CancelRun(run, null, null));
        assertThat(awaitCompletion(run).status()).isEqualTo(RunStatus.CANCELLED);
        worker.awaitMetric("fleet_worker_slots_busy", 0);
    }

    /** The configuration that the chart gives the component, with the role's password as its secret. */
    private static ServiceProcess service(String component, String role, String module) throws Exception {
        Path own = Files.createDirectory(Objects.requireNonNull(directory).resolve(role));
        String configuration = Chart.objects(values(broker()), ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().endsWith("agent-fleet-" + component))
                .map(map -> Objects.requireNonNull(map.getData().get("application.properties")))
                .findFirst()
                .orElseThrow();
        return ServiceProcess.start(
                own,
                Path.of(module, "target", "quarkus-app", "quarkus-run.jar"),
                configuration.replace("${POD_NAME}", "pod-0"),
                "kafka.sasl.jaas.config=" + SecureBroker.jaas(role, SecureBroker.passwordOf(role)) + "\n",
                Map.of("fleet.orchestrator.state-dir", own.resolve("state").toString()));
    }

    private static Path values(SecureBroker broker) throws IOException {
        return Files.writeString(Objects.requireNonNull(directory).resolve("values.yaml"), """
                topicPrefix: %s
                kafka:
                  bootstrapServers: %s
                  settings:
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                  secret: fleet-kafka
                orchestrator:
                  replicas: 1
                  replicationFactor: 1
                strimzi:
                  enabled: true
                  cluster: test
                """.formatted(
                        PREFIX, broker.bootstrapServers(), broker.authority()));
    }

    private static NewTopic topic(KafkaTopic topic) {
        var settings = new HashMap<String, String>();
        topic.getSpec().getConfig().forEach((key, value) -> settings.put(key, value.toString()));
        return new NewTopic(topic.getSpec().getTopicName(), topic.getSpec().getPartitions(), (short) 1)
                .configs(settings);
    }

    private static void submit(RunId id, Message request) throws Exception {
        try (var producer = producer("submitter", Map.of())) {
            producer.send(new ProducerRecord<>(
                            TOPICS.requests(), id.toString().getBytes(StandardCharsets.UTF_8), Json.write(request)))
                    .get();
        }
    }

    private static RunCompleted awaitCompletion(RunId run) {
        try (var consumer = consumer("submitter")) {
            consumer.subscribe(List.of(TOPICS.runs()));
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(giveUp)) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (Json.read(record.value(), RunEvent.class) instanceof RunCompleted completed
                            && completed.runId().equals(run)) {
                        return completed;
                    }
                }
            }
            throw new AssertionError("no completion of " + run + " within " + PATIENCE);
        }
    }

    private static Map<?, ?> lag() throws Exception {
        try (Admin admin = Admin.create(client("scaler"))) {
            return admin.listConsumerGroupOffsets(TOPICS.workersGroup("default"))
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    private static void pollFor(KafkaConsumer<byte[], byte[]> consumer, Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            consumer.poll(Duration.ofMillis(200));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String role, Map<String, Object> further) {
        Map<String, Object> settings = client(role);
        settings.putAll(further);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String role) {
        Map<String, Object> settings = client(role);
        settings.put("group.id", PREFIX + "submitters.test");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> client(String role) {
        return broker().client(role, SecureBroker.passwordOf(role));
    }

    private static SecureBroker broker() {
        return Objects.requireNonNull(started);
    }
}
