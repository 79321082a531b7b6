package dev.agentfleet.worker.kafka;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Notes what the consumer has polled: the connector does not tell what waits in its queue. Made by the consumer. */
public final class PolledRecords implements ConsumerInterceptor<byte[], byte[]> {

    private static final String PARTITIONS = "fleet.assigned.partitions";

    private @Nullable AssignedPartitions partitions;

    /** Lets a consumer of these settings note it there. */
    static void of(AssignedPartitions partitions, Map<String, Object> settings) {
        settings.put(PARTITIONS, partitions);
        settings.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, PolledRecords.class.getName());
    }

    @Override
    public void configure(Map<String, ?> settings) {
        partitions = (AssignedPartitions) settings.get(PARTITIONS);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Objects.requireNonNull(partitions)
                    .polled(partition, records.records(partition).getLast().offset());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
