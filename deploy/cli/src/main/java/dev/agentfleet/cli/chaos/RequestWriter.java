package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.poison.BadRecord;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes requests and poison, and keeps what Kafka answered in the operation log. */
final class RequestWriter implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final OperationLog log;

    RequestWriter(KafkaClients kafka, OperationLog log) {
        this.producer = kafka.producer(PATIENCE_MILLIS);
        this.log = log;
    }

    /** Does not wait for the answer. */
    void send(Request request) {
        var _ = sending(request);
    }

    /** Sends it again until Kafka has acknowledged it; what is sent again must change nothing. */
    void sendUntilAcknowledged(Request request) throws InterruptedException {
        while (true) {
            try {
                sending(request).get();
                return;
            } catch (ExecutionException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    void sendPoison(BadRecord record) {
        var headers = new RecordHeaders();
        record.headers().forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        var _ = producer.send(
                new ProducerRecord<>(record.topic(), null, null, record.key(), record.value(), headers),
                (place, problem) -> {
                    if (problem == null) {
                        log.poisoned(record, place);
                    }
                });
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private Future<RecordMetadata> sending(Request request) {
        RunId run = Objects.requireNonNull(request.runId(), "the workload names its runs");
        String type = request.getClass().getSimpleName();
        byte[] key = run.value().getBytes(StandardCharsets.UTF_8);
        return producer.send(
                new ProducerRecord<>(Topics.DEFAULT.requests(), key, Json.write(request)),
                (place, problem) -> log.answered(run, type, problem == null ? place : null));
    }
}
