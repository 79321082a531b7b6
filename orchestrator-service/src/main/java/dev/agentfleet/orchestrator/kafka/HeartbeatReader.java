package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the worker directory up to date from the workers topic: all of it, from its beginning, without a group. Whatever
 * fails, it starts again: without heartbeats every claim would run out.
 */
public final class HeartbeatReader implements Runnable {

    private static final Logger LOG = Logger.getLogger(HeartbeatReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration METADATA = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final WorkerDirectory directory;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile boolean stopped;

    public HeartbeatReader(Supplier<Consumer<byte[], byte[]>> consumers, String topic, WorkerDirectory directory) {
        this.consumers = consumers;
        this.topic = topic;
        this.directory = directory;
    }

    /** Reads until {@link #stop()}. */
    @Override
    public void run() {
        while (!stopped) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                // Only a stop wakes it.
            } catch (RuntimeException e) {
                LOG.warnf("reading heartbeats failed and starts again: %s", e.toString());
            }
        }
    }

    public void stop() {
        stopped = true;
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        List<PartitionInfo> found = List.of();
        while (found.isEmpty() && !stopped) {
            // A topic that was just created may not be known everywhere yet.
            found = consumer.partitionsFor(topic, METADATA);
        }
        List<TopicPartition> all = found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        while (!stopped) {
            consumer.poll(POLL).forEach(this::take);
        }
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
