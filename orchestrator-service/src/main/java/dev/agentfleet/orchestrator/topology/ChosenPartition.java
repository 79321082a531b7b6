package dev.agentfleet.orchestrator.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Gives a record the partition its sender chose; that of its key when none was chosen, or when the topic has no such one. A
 * sink asks on the thread that forwards, before the forward returns.
 */
final class ChosenPartition implements StreamPartitioner<byte[], byte[]> {

    private final ThreadLocal<@Nullable Integer> chosen = new ThreadLocal<>();

    /** What is forwarded by the action goes there. */
    void during(@Nullable Integer partition, Runnable forward) {
        chosen.set(partition);
        try {
            forward.run();
        } finally {
            chosen.remove();
        }
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, byte @Nullable [] value, int partitions) {
        Integer partition = chosen.get();
        // What heartbeats say may be anything.
        return partition == null || partition < 0 || partition >= partitions
                ? Optional.empty()
                : Optional.of(Set.of(partition));
    }
}
