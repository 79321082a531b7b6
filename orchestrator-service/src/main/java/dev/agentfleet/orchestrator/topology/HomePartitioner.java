package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** A run's home: murmur2 of its id over the partitions, what Java clients compute anyway, for whoever wrote the record. */
public final class HomePartitioner implements StreamPartitioner<byte[], byte[]> {

    public static int home(RunId id, int partitions) {
        return BuiltInPartitioner.partitionForKey(id.value().getBytes(StandardCharsets.UTF_8), partitions);
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, byte @Nullable [] value, int partitions) {
        return Optional.of(
                Set.of(BuiltInPartitioner.partitionForKey(java.util.Objects.requireNonNull(key), partitions)));
    }
}
