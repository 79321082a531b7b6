package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import dev.agentfleet.orchestrator.query.DeadLetters;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The dead letters as they lie in their topic, read by a consumer of its own for every question. Thread-safe. */
public final class DeadLetterLog implements DeadLetters {

    private static final int MOST_READERS = 4;
    /** Who takes nothing for so long is given up: it keeps others from reading. */
    private static final Duration TAKES_NOTHING = Duration.ofMinutes(1);

    private static final Duration STALLED = Duration.ofSeconds(10);
    private static final int POLL_RECORDS = 50;
    private static final int PARTITION_FETCH_BYTES = 512 * 1024;
    private static final int FETCH_WAIT_MILLIS = 20;
    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private final Map<String, Object> settings;
    private final String topic;
    private final Duration takesNothing;
    private final Semaphore readers = new Semaphore(MOST_READERS);

    /** @param kafka the connection: everything under {@code kafka.} */
    public DeadLetterLog(Map<String, Object> kafka, String topic) {
        this(kafka, topic, TAKES_NOTHING);
    }

    /** @param takesNothing how long a visitor may take over one letter until its thread is interrupted */
    DeadLetterLog(Map<String, Object> kafka, String topic, Duration takesNothing) {
        this.topic = topic;
        this.takesNothing = takesNothing;
        this.settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Retention may have taken what a cursor names.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        // The fetch ahead at a partition's end holds up the next one from the same broker for so long.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) STALLED.toMillis());
    }

    @Override
    public Optional<String> forEach(DeadLetterQuery query, Duration patience, Visitor visitor) {
        OffsetCursor cursor = query.cursor() == null ? null : OffsetCursor.parse(query.cursor());
        if (!readers.tryAcquire()) {
            throw new StateUnavailableException("the dead letters are being read by " + MOST_READERS + " others");
        }
        try (Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                StepWatch watch = new StepWatch(takesNothing)) {
            DeadLetterScan scan = new DeadLetterScan(consumer, positioned(consumer, query, cursor), query);
            return visit(scan, patience, letter -> watch.step(() -> visitor.visit(letter)));
        } catch (KafkaException e) {
            throw unavailable();
        } finally {
            readers.release();
        }
    }

    private static Optional<String> visit(DeadLetterScan scan, Duration patience, Visitor visitor) {
        long began = System.nanoTime();
        long progressed = began;
        while (true) {
            if (scan.isReady()) {
                Optional<DeadLetterView> letter = scan.poll();
                if (letter.isEmpty()) {
                    return Optional.empty();
                }
                if (!visitor.visit(letter.get())) {
                    return scan.isAtEnd()
                            ? Optional.empty()
                            : Optional.of(scan.cursor().toString());
                }
            } else if (scan.read()) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > STALLED.toNanos()) {
                throw unavailable();
            }
            if (System.nanoTime() - began > patience.toNanos()) {
                return Optional.of(scan.cursor().toString());
            }
        }
    }

    /** Puts the consumer where the query begins; returns where it ends. */
    private Map<TopicPartition, Long> positioned(
            Consumer<byte[], byte[]> consumer, DeadLetterQuery query, @Nullable OffsetCursor cursor) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, Long> times = all.stream()
                .collect(Collectors.toMap(
                        Function.identity(), partition -> query.since().toEpochMilli()));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> firsts = consumer.offsetsForTimes(times);
        for (TopicPartition partition : all) {
            OffsetAndTimestamp first = firsts.get(partition);
            long begin = first == null ? ends.getOrDefault(partition, 0L) : first.offset();
            Long next = cursor == null ? null : cursor.offsets().get(partition.partition());
            consumer.seek(partition, next == null ? begin : next);
        }
        return ends;
    }

    private static StateUnavailableException unavailable() {
        return new StateUnavailableException("the dead letters cannot be read: the broker does not answer");
    }
}
