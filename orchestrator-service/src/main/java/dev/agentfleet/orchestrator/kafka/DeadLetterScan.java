package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Merges the partitions of the dead letters topic by time. A partition is read on only when nothing found in it is left,
 * so that at most one poll's records of each are held. For one thread.
 */
final class DeadLetterScan {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Comparator<Found> BY_TIME = Comparator.<Found, Instant>comparing(
                    found -> found.letter().at())
            .thenComparingInt(found -> found.partition().partition());

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final DeadLetterQuery query;
    private final Map<TopicPartition, Deque<Found>> found = new HashMap<>();

    /** A match and where it lies. */
    record Found(TopicPartition partition, long offset, DeadLetterView letter) {}

    /** @param consumer assigned to the partitions that {@code ends} has, where the scan is to begin */
    DeadLetterScan(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, DeadLetterQuery query) {
        this.consumer = consumer;
        this.ends = ends;
        this.query = query;
        ends.keySet().forEach(partition -> found.put(partition, new ArrayDeque<>()));
    }

    /** Whether the next match is known, or that there is none: {@link #poll()} may be called. */
    boolean isReady() {
        return hungry().isEmpty();
    }

    /** The next match, taken; empty at the end. */
    Optional<DeadLetterView> poll() {
        Optional<Found> first = found.values().stream()
                .filter(waiting -> !waiting.isEmpty())
                .map(Deque::getFirst)
                .min(BY_TIME);
        first.ifPresent(taken ->
                found.getOrDefault(taken.partition(), new ArrayDeque<>()).remove());
        return first.map(Found::letter);
    }

    /** Reads on where nothing is left; returns whether anything was read. */
    boolean read() {
        List<TopicPartition> hungry = hungry();
        consumer.pause(ends.keySet());
        consumer.resume(hungry);
        long before = progress();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() < ends.getOrDefault(partition, 0L)) {
                DeadLetterView letter = DeadLetterRecords.view(record);
                if (query.matches(letter)) {
                    found.getOrDefault(partition, new ArrayDeque<>())
                            .add(new Found(partition, record.offset(), letter));
                }
            }
        }
        return progress() > before;
    }

    boolean isAtEnd() {
        return isReady() && found.values().stream().allMatch(Deque::isEmpty);
    }

    OffsetCursor cursor() {
        Map<Integer, Long> offsets = new TreeMap<>();
        found.forEach((partition, waiting) -> offsets.put(
                partition.partition(),
                waiting.isEmpty() ? position(partition) : waiting.getFirst().offset()));
        return new OffsetCursor(offsets);
    }

    private List<TopicPartition> hungry() {
        Set<Map.Entry<TopicPartition, Long>> all = ends.entrySet();
        return all.stream()
                .filter(end ->
                        found.getOrDefault(end.getKey(), new ArrayDeque<>()).isEmpty())
                .filter(end -> position(end.getKey()) < end.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private long progress() {
        return ends.keySet().stream().mapToLong(this::position).sum();
    }

    /** Records beyond the end may have been fetched; they belong to the next page. */
    private long position(TopicPartition partition) {
        return Math.min(consumer.position(partition), ends.getOrDefault(partition, 0L));
    }
}
