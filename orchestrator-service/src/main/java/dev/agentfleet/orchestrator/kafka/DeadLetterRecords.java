package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Tells what a record of the dead letters topic is. */
final class DeadLetterRecords {

    private DeadLetterRecords() {}

    static DeadLetterView view(ConsumerRecord<byte[], byte[]> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        // Whatever an unreadable record holds, even a dead letter, it is one record that could not be read.
        if (record.headers().lastHeader(Headers.SOURCE_TOPIC) != null) {
            return unreadable(record, at);
        }
        try {
            return DeadLetterView.ofTask(
                    Json.read(record.value() == null ? new byte[0] : record.value(), DeadLetter.class), at);
        } catch (UnreadableMessageException e) {
            return DeadLetterView.ofRecord(
                    self(record), null, "no dead letter of this software: " + e.getMessage(), at);
        }
    }

    private static DeadLetterView unreadable(ConsumerRecord<byte[], byte[]> record, Instant at) {
        String reason = Objects.requireNonNullElse(text(record, Headers.REASON), "not said");
        return DeadLetterView.ofRecord(source(record), runId(record), reason, at);
    }

    private static DeadLetterView.Source source(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new DeadLetterView.Source(
                    Objects.requireNonNull(text(record, Headers.SOURCE_TOPIC)),
                    Integer.parseInt(Objects.requireNonNullElse(text(record, Headers.SOURCE_PARTITION), "")),
                    Long.parseLong(Objects.requireNonNullElse(text(record, Headers.SOURCE_OFFSET), "")));
        } catch (NumberFormatException e) {
            return self(record);
        }
    }

    private static DeadLetterView.Source self(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetterView.Source(record.topic(), record.partition(), record.offset());
    }

    private static @Nullable RunId runId(ConsumerRecord<byte[], byte[]> record) {
        String named = text(record, Headers.RUN_ID);
        try {
            return named == null ? null : new RunId(named);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
