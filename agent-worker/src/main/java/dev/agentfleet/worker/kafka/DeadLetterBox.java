package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Topics;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Puts unreadable records aside: same key, value and headers, and why and where from. */
@Singleton
final class DeadLetterBox {

    private final OutgoingRecords outgoing;
    private final Topics topics;

    DeadLetterBox(OutgoingRecords outgoing, Topics topics) {
        this.outgoing = outgoing;
        this.topics = topics;
    }

    void put(ConsumerRecord<byte[], byte[]> source, String reason, Runnable onDurable) {
        var headers = new RecordHeaders(source.headers().toArray());
        add(headers, Headers.REASON, reason);
        add(headers, Headers.SOURCE_TOPIC, source.topic());
        add(headers, Headers.SOURCE_PARTITION, Integer.toString(source.partition()));
        add(headers, Headers.SOURCE_OFFSET, Long.toString(source.offset()));
        outgoing.send(
                new ProducerRecord<>(topics.deadLetters(), null, null, source.key(), source.value(), headers),
                onDurable);
    }

    private static void add(RecordHeaders headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
