package dev.agentfleet.worker.flow;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Plays the orchestrator: makes the topics, sends assignments and control messages, and reads all that workers say. */
final class FleetTopics implements AutoCloseable {

    private static final int TASK_PARTITIONS = 6;

    private final Topics topics;
    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread reader;
    private volatile boolean closed;
    private final List<ConsumerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();

    FleetTopics(String bootstrapServers, String prefix) {
        this.topics = new Topics(prefix);
        this.bootstrapServers = bootstrapServers;
        createTopics();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.reader = Thread.ofPlatform().daemon().start(this::readAll);
    }

    TaskAssignment assignment(String taskId, String agent, String input, Duration timeout) {
        return new TaskAssignment(TaskId.parse(taskId), 1, 1, agent, new Payload(input), timeout, null);
    }

    void send(TaskAssignment assignment) {
        sendRaw(assignment.taskId().toString(), Json.write(assignment), Map.of());
    }

    void sendRaw(@Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        var record = new ProducerRecord<>(topics.tasks("default"), key == null ? null : bytes(key), value);
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        producer.send(record);
    }

    void send(Control control) {
        producer.send(new ProducerRecord<>(topics.control(), bytes(Topics.controlKey(control)), Json.write(control)));
    }

    /** What was said of a task, in order; the headers must agree with the value. */
    List<AttemptReport> reports(String taskId) {
        return records.stream()
                .filter(record -> record.topic().equals(topics.results()))
                .filter(record -> text(record, Headers.TASK_ID).equals(taskId))
                .map(FleetTopics::checked)
                .toList();
    }

    List<String> reportNames(String taskId) {
        return reports(taskId).stream()
                .map(report -> report.getClass().getSimpleName())
                .toList();
    }

    /** Of one run, one id for every report that ends an attempt. */
    List<String> ends(String runId) {
        return records.stream()
                .filter(record -> record.topic().equals(topics.results()))
                .filter(record -> text(record, Headers.RUN_ID).equals(runId))
                .map(FleetTopics::checked)
                .filter(report -> !report.getClass().getSimpleName().matches("AttemptClaimed|AttemptProgress"))
                .map(report -> report.taskId().toString())
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return records.stream()
                .filter(record -> record.topic().equals(topics.deadLetters()))
                .toList();
    }

    List<QuotaRequest> quotaRequests() {
        return records.stream()
                .filter(record -> record.topic().equals(topics.quotaRequests()))
                .map(record -> Json.read(record.value(), QuotaRequest.class))
                .toList();
    }

    /** Null stands for a tombstone. */
    List<@Nullable WorkerHeartbeat> heartbeats() {
        var heartbeats = new ArrayList<@Nullable WorkerHeartbeat>();
        records.stream()
                .filter(record -> record.topic().equals(topics.workers()))
                .forEach(record -> heartbeats.add(
                        record.value() == null ? null : Json.read(record.value(), WorkerHeartbeat.class)));
        return heartbeats;
    }

    /** The last of each worker that has not left. */
    List<WorkerHeartbeat> lastHeartbeats() {
        var last = new LinkedHashMap<String, WorkerHeartbeat>();
        for (var record : records) {
            if (record.topic().equals(topics.workers())) {
                String worker = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    last.remove(worker);
                } else {
                    last.put(worker, Json.read(record.value(), WorkerHeartbeat.class));
                }
            }
        }
        return List.copyOf(last.values());
    }

    /** Who reported of the run's attempts. */
    Set<String> workersOf(String runId) {
        return records.stream()
                .filter(record -> record.topic().equals(topics.results()))
                .filter(record -> text(record, Headers.RUN_ID).equals(runId))
                .map(record -> text(record, Headers.WORKER_ID))
                .collect(Collectors.toSet());
    }

    /** Records of the tasks topic that the group's offsets have not passed. */
    long lag() throws ExecutionException, InterruptedException {
        try (var admin = admin();
                var consumer = consumer()) {
            var committed = admin.listConsumerGroupOffsets(topics.prefix() + "workers.default")
                    .partitionsToOffsetAndMetadata()
                    .get();
            var partitions = partitionsOf(consumer, topics.tasks("default"));
            return consumer.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> {
                        var offset = committed.get(end.getKey());
                        return end.getValue() - (offset == null ? 0 : offset.offset());
                    })
                    .sum();
        }
    }

    static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        var found = record.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        reader.join();
        producer.close();
    }

    private static AttemptReport checked(ConsumerRecord<byte[], byte[]> record) {
        var report = Json.read(record.value(), AttemptReport.class);
        var key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.equals(report.taskId().runId().value())
                || !text(record, Headers.TASK_ID).equals(report.taskId().toString())
                || !text(record, Headers.ATTEMPT).equals(Integer.toString(report.attempt()))
                || !text(record, Headers.WORKER_ID).equals(report.workerId())) {
            throw new AssertionError("key or headers do not agree with " + report);
        }
        return report;
    }

    private void readAll() {
        try (var consumer = consumer()) {
            var partitions =
                    List.of(topics.results(), topics.workers(), topics.deadLetters(), topics.quotaRequests()).stream()
                            .flatMap(topic -> partitionsOf(consumer, topic).stream())
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>();
                consumer.poll(Duration.ofMillis(50)).forEach(batch::add);
                records.addAll(batch);
            }
        }
    }

    /** A topic that was just made may not be known to the broker's metadata yet. */
    private static List<TopicPartition> partitionsOf(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return Awaitility.await()
                .pollInSameThread()
                .ignoreExceptions()
                .until(() -> consumer.partitionsFor(topic), partitions -> !partitions.isEmpty())
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Ids of the group's members; whoever joins anew gets another. */
    Set<String> members() {
        try (var admin = admin()) {
            return admin
                    .describeConsumerGroups(List.of(topics.prefix() + "workers.default"))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private void createTopics() {
        var config = Map.of("message.timestamp.type", "LogAppendTime");
        try (var admin = admin()) {
            for (var topic : List.of(
                    new NewTopic(topics.tasks("default"), TASK_PARTITIONS, (short) 1),
                    new NewTopic(topics.results(), 4, (short) 1),
                    new NewTopic(topics.workers(), 1, (short) 1),
                    new NewTopic(topics.control(), 1, (short) 1),
                    new NewTopic(topics.quotaRequests(), 1, (short) 1),
                    new NewTopic(topics.quotaGrants(), 1, (short) 1),
                    new NewTopic(topics.deadLetters(), 1, (short) 1))) {
                try {
                    admin.createTopics(List.of(topic.configs(config))).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new AssertionError(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
