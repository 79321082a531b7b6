package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Puts records aside as they are, with where they came from and why. */
final class UnreadableRecords {

    /** A compressed batch may hold larger records than the topic's limit says. */
    private static final int MOST_BURIED_BYTES = 2 * 1024 * 1024;

    private final ProcessorContext<byte[], byte[]> context;
    private final String sink;
    private final Runnable counted;

    UnreadableRecords(ProcessorContext<byte[], byte[]> context, String sink, Runnable counted) {
        this.context = context;
        this.sink = sink;
        this.counted = counted;
    }

    void bury(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        counted.run();
        TransitionLog.unreadable(source);
        boolean whole = size(record) <= MOST_BURIED_BYTES;
        RecordHeaders headers = whole ? new RecordHeaders(record.headers()) : new RecordHeaders();
        header(headers, Headers.REASON, whole ? reason : reason + "; cut to fit: " + size(record) + " bytes");
        header(headers, Headers.SOURCE_TOPIC, source.topic());
        header(headers, Headers.SOURCE_PARTITION, Integer.toString(source.partition()));
        header(headers, Headers.SOURCE_OFFSET, Long.toString(source.offset()));
        String key = source.topic() + '/' + source.partition() + '/' + source.offset();
        byte[] value = record.value();
        byte[] kept = whole || value == null ? value : Arrays.copyOf(value, Math.min(value.length, MOST_BURIED_BYTES));
        // The topics' LogAppendTime replaces this time.
        long time = Math.max(0, context.currentStreamTimeMs());
        context.forward(new Record<>(bytes(key), kept, time, headers), sink);
    }

    private static int size(Record<byte[], byte[]> record) {
        int size = record.value() == null ? 0 : record.value().length;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
