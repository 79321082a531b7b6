package dev.agentfleet.orchestrator.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads all of a topic without a group, for as long as the process lives: whatever fails, it starts again. */
public final class TopicReader implements Runnable {

    /** Where it begins; after a failure it goes on where it was, or again from the beginning. */
    public enum Start {
        BEGINNING,
        END
    }

    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration METADATA = Duration.ofSeconds(5);

    private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Start start;
    private final Consumer<ConsumerRecord<byte[], byte[]>> action;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch positioned = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
    private volatile boolean stopped;

    public TopicReader(
            Supplier<KafkaConsumer<byte[], byte[]>> consumers,
            String topic,
            Start start,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        this.consumers = consumers;
        this.topic = topic;
        this.start = start;
        this.action = action;
    }

    /** Reads until {@link #stop()}. */
    @Override
    public void run() {
        while (!stopped) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                // Only a stop wakes it.
            } catch (RuntimeException e) {
                LOG.warnf("reading topic=%s failed and starts again: %s", topic, e.toString());
            }
        }
    }

    /** Waits until nothing that is written from now on can be missed. */
    public void awaitPositioned() throws InterruptedException {
        positioned.await();
    }

    public void stop() {
        stopped = true;
        positioned.countDown();
        KafkaConsumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        List<PartitionInfo> found = List.of();
        while (found.isEmpty() && !stopped) {
            // A topic that was just created may not be known everywhere yet.
            found = consumer.partitionsFor(topic, METADATA);
        }
        List<TopicPartition> all = found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        switch (start) {
            case BEGINNING -> consumer.seekToBeginning(all);
            case END -> goOn(consumer, all);
        }
        positioned.countDown();
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                action.accept(record);
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
    }

    private void goOn(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> all) {
        for (TopicPartition partition : all) {
            Long offset = next.get(partition);
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
                next.put(partition, consumer.position(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
    }
}
