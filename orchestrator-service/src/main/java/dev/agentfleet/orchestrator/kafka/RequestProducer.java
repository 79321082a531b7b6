package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.topology.TraceHeaders;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes requests for clients of the REST surface, as any other producer would. Thread-safe. */
public final class RequestProducer {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    public RequestProducer(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** The record carries the trace of the calling thread. Done when Kafka has acknowledged the record; fails when it has not within the producer's delivery timeout. */
    public CompletableFuture<Void> send(RunId id, byte[] value) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        byte[] key = id.value().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        TraceHeaders.inject(Context.current(), record.headers());
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }
}
