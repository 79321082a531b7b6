package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.kafka.PartitionLedger.Inheritance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions of the tasks topic that this worker owns, with the ledger of each. Thread-safe. */
@Singleton
final class AssignedPartitions {

    /** Losing a partition settles things too, and wakes nobody. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ConcurrentHashMap<TopicPartition, Inheritance> inheritances = new ConcurrentHashMap<>();

    private final ConcurrentSkipListSet<Integer> owned = new ConcurrentSkipListSet<>();
    private final ConcurrentHashMap<TopicPartition, PartitionLedger> ledgers = new ConcurrentHashMap<>();
    /** The last offset of each that the consumer has polled. */
    private final ConcurrentHashMap<TopicPartition, Long> polled = new ConcurrentHashMap<>();

    private volatile boolean joined;

    /** Whether the group has given this worker its share, be it none, at least once. */
    boolean joined() {
        return joined;
    }

    List<Integer> numbers() {
        return List.copyOf(owned);
    }

    /** @param inherited what may have been begun before, of each partition that is now this worker's */
    void gained(Map<TopicPartition, Inheritance> inherited) {
        // One that a record made on its way out, while its partition was lost.
        ledgers.keySet().removeAll(inherited.keySet());
        inheritances.putAll(inherited);
        inherited.keySet().forEach(partition -> owned.add(partition.partition()));
        joined = true;
    }

    /**
     * Takes no further record of them and waits until those in work are passed, which those left are not; false when that took longer than the bound.
     *
     * @param claim asks for what is in work to be claimed; called again and again, for records may be on their way to their
     *     attempts still
     */
    boolean close(Collection<TopicPartition> partitions, Runnable claim, Duration bound) throws InterruptedException {
        partitions.forEach(partition -> owned.remove(partition.partition()));
        long end = System.nanoTime() + bound.toNanos();
        Duration left = bound;
        boolean inWork = anyInWork(partitions);
        while (inWork && left.isPositive()) {
            claim.run();
            inWork = !await(() -> !anyInWork(partitions), left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            left = Duration.ofNanos(end - System.nanoTime());
        }
        return !inWork;
    }

    /** Waits until the group knows of everything passed; false when that took longer than the bound. */
    boolean awaitCommitted(Duration bound) throws InterruptedException {
        return await(() -> due().isEmpty(), bound);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.min(left / 1_000_000 + 1, LOOK_AGAIN.toMillis()));
        }
        return true;
    }

    private boolean anyInWork(Collection<TopicPartition> partitions) {
        return partitions.stream().anyMatch(partition -> {
            PartitionLedger ledger = ledgers.get(partition);
            return ledger != null && ledger.isInWork();
        });
    }

    /** Forgets them. Results that come later find no ledger: whoever owns the partition now gets those records again. */
    void lost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            owned.remove(partition.partition());
            PartitionLedger ledger = ledgers.remove(partition);
            if (ledger != null) {
                ledger.lost();
            }
            inheritances.remove(partition);
            polled.remove(partition);
        });
    }

    /** False for a record of a partition that was lost while the record waited in the connector. */
    boolean received(TopicPartition partition, long offset) {
        if (!owned.contains(partition.partition())) {
            return false;
        }
        ledgers.computeIfAbsent(partition, _ -> new PartitionLedger(offset, inherited(partition)))
                .received(offset);
        return true;
    }

    /** The consumer has taken its records up to that offset over into the connector. */
    void polled(TopicPartition partition, long offset) {
        polled.put(partition, offset);
    }

    /** Whether polled records of owned partitions wait in the connector. */
    boolean hasQueued() {
        return polled.entrySet().stream().anyMatch(last -> {
            PartitionLedger ledger = ledgers.get(last.getKey());
            return owned.contains(last.getKey().partition()) && (ledger == null || last.getValue() >= ledger.next());
        });
    }

    private Inheritance inherited(TopicPartition partition) {
        return inheritances.getOrDefault(partition, Inheritance.NONE);
    }

    /** Whether the partition's last owner may have begun with the record. */
    boolean mayHaveBegun(ConsumerRecord<?, ?> record) {
        PartitionLedger ledger = ledgers.get(new TopicPartition(record.topic(), record.partition()));
        return ledger != null && ledger.inherited(record.offset());
    }

    /** Whether the record was received, and since then neither passed nor lost with its partition. */
    boolean awaits(ConsumerRecord<?, ?> record) {
        PartitionLedger ledger = ledgers.get(new TopicPartition(record.topic(), record.partition()));
        return ledger != null && ledger.isOpen(record.offset());
    }

    /** Waits until the group's offset has passed the record, its partition is lost, or the time is over. */
    void awaitCommitted(ConsumerRecord<?, ?> record, Duration bound) throws InterruptedException {
        PartitionLedger ledger = ledgers.get(new TopicPartition(record.topic(), record.partition()));
        if (ledger != null) {
            ledger.awaitCommitted(record.offset(), bound);
        }
    }

    /** It is not begun here any more, and nobody waits for it. */
    void left(ConsumerRecord<?, ?> record) {
        PartitionLedger ledger = ledgers.get(new TopicPartition(record.topic(), record.partition()));
        if (ledger != null) {
            ledger.left(record.offset());
        }
    }

    /** Its claim or its result is durable. */
    void passed(TopicPartition partition, long offset) {
        PartitionLedger ledger = ledgers.get(partition);
        if (ledger != null) {
            ledger.passed(offset);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** What is to be committed now, of all partitions. */
    Map<TopicPartition, OffsetAndMetadata> due() {
        return offsets(owned, PartitionLedger::due);
    }

    /** What is to be committed now, of these. */
    Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        return offsets(
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()), PartitionLedger::due);
    }

    /** Where each partition stands of which something was received, committed or not. */
    Map<TopicPartition, OffsetAndMetadata> positions() {
        return offsets(owned, ledger -> OptionalLong.of(ledger.position()));
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            @Nullable PartitionLedger ledger = ledgers.get(partition);
            if (ledger != null) {
                ledger.committed(offset.offset());
            }
        });
        synchronized (this) {
            notifyAll();
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(
            Set<Integer> numbers, Function<PartitionLedger, OptionalLong> offsetOf) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        ledgers.forEach((partition, ledger) -> {
            if (numbers.contains(partition.partition())) {
                offsetOf.apply(ledger).ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        });
        return offsets;
    }
}
