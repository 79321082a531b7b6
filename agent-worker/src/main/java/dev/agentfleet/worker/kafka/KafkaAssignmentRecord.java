package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.runtime.AssignmentRecord;
import dev.agentfleet.worker.runtime.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** A message of the incoming channel. */
record KafkaAssignmentRecord(
        Message<ConsumerRecord<byte[], byte[]>> message,
        boolean mayHaveBegun,
        AssignedPartitions partitions,
        DeadLetterBox deadLetters)
        implements AssignmentRecord {

    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(2);

    @Override
    public boolean isOurs() {
        return partitions.awaits(message.getPayload());
    }

    @Override
    public byte @Nullable [] value() {
        return message.getPayload().value();
    }

    @Override
    public @Nullable String header(String name) {
        Header header = message.getPayload().headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public RecordPosition position() {
        var record = message.getPayload();
        return new RecordPosition(record.topic(), record.partition(), record.offset());
    }

    @Override
    public void acknowledge() {
        var _ = message.ack();
    }

    @Override
    public void awaitCommitted() throws InterruptedException {
        partitions.awaitCommitted(message.getPayload(), COMMITTED_WITHIN);
    }

    @Override
    public void leave() {
        partitions.left(message.getPayload());
    }

    @Override
    public void putAside(String reason, Runnable onDurable) {
        deadLetters.put(message.getPayload(), reason, onDurable);
    }
}
