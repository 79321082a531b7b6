package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.execution.Ticker;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the whole control topic, from its beginning and on, on a thread of its own. In no group: every worker reads every
 * message. Starts over after any failure, and waits for a topic that is not there yet.
 */
@Singleton
public final class KafkaControlReader {

    private static final Logger LOG = Logger.getLogger(KafkaControlReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 500;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final ControlMessages messages;
    private final Ticker ticker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean atEnd;
    private volatile long movedAt;

    KafkaControlReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            ControlMessages messages,
            Ticker ticker) {
        this.kafka = kafka;
        this.topics = topics;
        this.messages = messages;
        this.ticker = ticker;
        this.movedAt = ticker.nanos();
    }

    /** Starts reading; {@code onEnd} is called once, on the reader's thread, when all there was at the start is read. */
    public void start(Runnable onEnd) {
        Thread.ofPlatform().name("control-reader").daemon().start(() -> run(onEnd));
    }

    public void close() {
        closed.countDown();
    }

    /** Whether everything that was there at the start has been read. */
    public boolean isAtEnd() {
        return atEnd;
    }

    /** How long ago the reading loop came round. */
    public Duration age() {
        return Duration.ofNanos(ticker.nanos() - movedAt);
    }

    private void run(Runnable onEnd) {
        boolean more = true;
        while (more) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(ReaderSettings.of(kafka, "earliest"))) {
                read(consumer, onEnd);
            } catch (KafkaException e) {
                LOG.warnf("topic=%s cannot be read now, trying again: %s", topics.control(), e.getMessage());
            }
            more = pause();
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, Runnable onEnd) {
        var partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (closed.getCount() > 0) {
            movedAt = ticker.nanos();
            if (!atEnd && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                atEnd = true;
                onEnd.run();
            }
            consumer.poll(POLL).forEach(record -> {
                long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                messages.apply(record, record.offset() < end);
            });
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        movedAt = ticker.nanos();
        return consumer.partitionsFor(topics.control()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private boolean pause() {
        movedAt = ticker.nanos();
        try {
            return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
