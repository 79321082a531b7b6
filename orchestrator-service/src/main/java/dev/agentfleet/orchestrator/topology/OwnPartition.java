package dev.agentfleet.orchestrator.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** Sends a tick to the partition its key names: that of the task which sends it. */
final class OwnPartition implements StreamPartitioner<byte[], byte[]> {

    private static final String PREFIX = "tick/";

    static String key(int partition) {
        return PREFIX + partition;
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, byte @Nullable [] value, int partitions) {
        String text = new String(java.util.Objects.requireNonNull(key), StandardCharsets.UTF_8);
        return Optional.of(Set.of(Integer.parseInt(text.substring(PREFIX.length()))));
    }
}
