package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is asked of the owner of quotas and budgets, and reads what it answers to this worker, with clients of its own: an ask that
 * cannot be sent delays no result. An answer that is missed is one that was lost; whoever waits asks again.
 *
 * @param <A> the answers that are read; others are for somebody else
 */
final class OwnerLink<A extends Message> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OwnerLink.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 500;
    private static final int REQUEST_MILLIS = 5_000;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final byte[] workerId;
    private final Class<A> kind;
    private final Duration delivery;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch positioned = new CountDownLatch(1);
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /** @param delivery what cannot be sent for so long is given up */
    OwnerLink(Map<String, Object> kafka, Topics topics, String workerId, Class<A> kind, Duration delivery) {
        this.kafka = kafka;
        this.topics = topics;
        this.workerId = workerId.getBytes(StandardCharsets.UTF_8);
        this.kind = kind;
        this.delivery = delivery;
    }

    /** Returns once no answer to what is sent from now on is missed. Called once. */
    void open(Consumer<A> onAnswer) throws InterruptedException {
        producer = new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
        Thread.ofPlatform().name(kind.getSimpleName()).daemon().start(() -> run(onAnswer));
        positioned.await();
    }

    void send(String key, Message request) {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            return;
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            open.send(new ProducerRecord<>(topics.quotaRequests(), bytes, Json.write(request)), (metadata, failure) -> {
                if (failure != null) {
                    lost(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            lost(e);
        }
    }

    private void lost(Exception failure) {
        if (closed.getCount() > 0) {
            LOG.warnf("topic=%s a request was not sent: %s", topics.quotaRequests(), failure);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Producer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private void run(Consumer<A> onAnswer) {
        boolean more = true;
        while (more) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(ReaderSettings.of(kafka, "latest"))) {
                read(consumer, onAnswer);
            } catch (RuntimeException e) {
                LOG.warnf("topic=%s cannot be read now, trying again: %s", topics.quotaGrants(), e.toString());
            }
            more = pause();
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Consumer<A> onAnswer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topics.quotaGrants()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Only a position that was asked for is one.
        partitions.forEach(consumer::position);
        positioned.countDown();
        while (closed.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null && Arrays.equals(workerId, record.key())) {
                    take(record, onAnswer);
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Consumer<A> onAnswer) {
        Message answer;
        try {
            answer = Json.read(record.value(), Message.class);
        } catch (UnreadableMessageException e) {
            LOG.warnf(
                    "topic=%s partition=%d offset=%d unreadable answer passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            return;
        }
        if (kind.isInstance(answer)) {
            onAnswer.accept(kind.cast(answer));
        }
    }

    private boolean pause() {
        try {
            return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Map<String, Object> producing() {
        var configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery.toMillis()));
        return configuration;
    }
}
