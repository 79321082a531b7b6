package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The smallest worker: answers {@code echo} with its input and {@code fail} with a permanent failure, {@code once} so only
 * at its first attempt, fails {@code priced} for a moment then and tells what both cost, and leaves any other agent unanswered.
 */
final class EchoWorker implements AutoCloseable {

    private static final String ID = "echo-worker";
    private static final Failure BLIP = Failure.retryable("BLIP", "try again");
    private static final Cost PRICE = new Cost(270, 30, 3_000_000, 200L, 50L);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;

    EchoWorker(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        ID,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        consumer.subscribe(List.of(Topics.DEFAULT.tasks("default")));
        thread = Thread.ofPlatform().name(ID).start(this::work);
    }

    private void work() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::answer);
            }
        } catch (WakeupException closed) {
            // The only way out.
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        TaskAssignment task = Json.read(record.value(), TaskAssignment.class);
        switch (task.agent()) {
            case "echo" -> succeed(task);
            case "fail" -> fail(task);
            case "once" -> {
                if (task.attempt() == 1) {
                    fail(task);
                } else {
                    succeed(task);
                }
            }
            case "priced" -> {
                if (task.attempt() == 1) {
                    send(new AttemptFailed(
                            task.taskId(), 1, ID, BLIP, false, Duration.ofMillis(500), new Cost(90, 10, 1_000_000)));
                } else {
                    send(new AttemptSucceeded(
                            task.taskId(), task.attempt(), ID, task.input(), Duration.ofMillis(1_500), PRICE));
                }
            }
            default -> {
                // Left unanswered.
            }
        }
    }

    private void succeed(TaskAssignment task) {
        send(new AttemptSucceeded(task.taskId(), task.attempt(), ID, task.input(), Duration.ofMillis(1)));
    }

    private void fail(TaskAssignment task) {
        Failure broken = Failure.permanent("BROKEN", "it is broken");
        send(new AttemptFailed(task.taskId(), task.attempt(), ID, broken, false, Duration.ofMillis(1)));
    }

    private void send(AttemptReport report) {
        byte[] key = report.taskId().runId().value().getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.DEFAULT.results(), key, Json.write(report)));
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
        producer.close();
    }
}
