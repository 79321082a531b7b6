package dev.agentfleet.worker.kafka;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions of the tasks topic that this worker owns, with the ledger of each. Thread-safe. */
@Singleton
final class AssignedPartitions {

    /** Losing a partition settles things too, and wakes nobody. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final ConcurrentSkipListSet<Integer> owned = new ConcurrentSkipListSet<>();
    private final ConcurrentHashMap<TopicPartition, PartitionLedger> ledgers = new ConcurrentHashMap<>();
    private volatile boolean joined;

    /** Whether the group has given this worker its share, be it none, at least once. */
    boolean joined() {
        return joined;
    }

    List<Integer> numbers() {
        return List.copyOf(owned);
    }

    void gained(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owned.add(partition.partition()));
        joined = true;
    }

    /**
     * Takes no further record of them and waits until those in work are finished; false when that took longer than the
     * bound.
     */
    boolean close(Collection<TopicPartition> partitions, Duration bound) throws InterruptedException {
        partitions.forEach(partition -> owned.remove(partition.partition()));
        return await(() -> !hasOpen(partitions), bound);
    }

    /** Waits until the group knows of everything finished; false when that took longer than the bound. */
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
            wait(Math.min(left / 1_000_000 + 1, LOOK_AGAIN_MILLIS));
        }
        return true;
    }

    private boolean hasOpen(Collection<TopicPartition> partitions) {
        return partitions.stream().anyMatch(partition -> {
            PartitionLedger ledger = ledgers.get(partition);
            return ledger != null && ledger.hasOpen();
        });
    }

    /** Forgets them. Results that come later find no ledger: whoever owns the partition now gets those records again. */
    void lost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            owned.remove(partition.partition());
            ledgers.remove(partition);
        });
    }

    /** False for a record of a partition that was lost while the record waited in the connector. */
    boolean received(TopicPartition partition, long offset) {
        if (!owned.contains(partition.partition())) {
            return false;
        }
        ledgers.computeIfAbsent(partition, _ -> new PartitionLedger(offset)).received(offset);
        return true;
    }

    void finished(TopicPartition partition, long offset) {
        PartitionLedger ledger = ledgers.get(partition);
        if (ledger != null) {
            ledger.finished(offset);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** What is to be committed now, of all partitions. */
    Map<TopicPartition, OffsetAndMetadata> due() {
        return due(new TreeSet<>(owned));
    }

    /** What is to be committed now, of these. */
    Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        return due(
                new TreeSet<>(partitions.stream().map(TopicPartition::partition).toList()));
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

    private Map<TopicPartition, OffsetAndMetadata> due(TreeSet<Integer> numbers) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        ledgers.forEach((partition, ledger) -> {
            if (numbers.contains(partition.partition())) {
                ledger.due().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        });
        return offsets;
    }
}
