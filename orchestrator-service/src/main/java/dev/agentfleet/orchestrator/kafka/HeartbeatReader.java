package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Keeps the worker directory up to date from the workers topic: all of it, from its beginning, without a group. */
public final class HeartbeatReader implements Runnable {

    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final WorkerDirectory directory;

    public HeartbeatReader(Consumer<byte[], byte[]> consumer, String topic, WorkerDirectory directory) {
        this.consumer = consumer;
        this.topic = topic;
        this.directory = directory;
    }

    /** Reads until {@link #stop()}; the consumer rides out outages by itself. */
    @Override
    public void run() {
        try (consumer) {
            List<TopicPartition> all = partitions();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (true) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException stopped) {
            // The only way out.
        }
    }

    /** A topic that was just created may not be known everywhere yet. */
    private List<TopicPartition> partitions() {
        List<PartitionInfo> found = List.of();
        while (found.isEmpty()) {
            found = consumer.partitionsFor(topic, PATIENCE);
        }
        return found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    public void stop() {
        consumer.wakeup();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            if (record.key() != null) {
                directory.left(new String(record.key(), StandardCharsets.UTF_8));
            }
            return;
        }
        try {
            directory.heard(Json.read(record.value(), WorkerHeartbeat.class), Instant.ofEpochMilli(record.timestamp()));
        } catch (UnreadableMessageException e) {
            // A heartbeat that cannot be read says nothing: its worker is as silent as before.
        }
    }
}
