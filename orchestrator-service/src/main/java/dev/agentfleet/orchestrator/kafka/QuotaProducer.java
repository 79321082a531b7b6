package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.QuotaRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what operators ask of the owner of the quotas. Thread-safe. */
public final class QuotaProducer {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    public QuotaProducer(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Done when Kafka has acknowledged the record; fails when it has not within the producer's delivery timeout. */
    public CompletableFuture<Void> send(QuotaRequest request) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        byte[] key = request.lane().toString().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, key, Json.write(request)), (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }
}
