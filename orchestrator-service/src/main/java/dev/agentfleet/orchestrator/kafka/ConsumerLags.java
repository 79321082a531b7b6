package dev.agentfleet.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Asks the broker every few seconds how far consumer groups are behind their topics: also of groups without a living
 * member, which could not tell. While the broker does not answer the last figures stay.
 */
public final class ConsumerLags implements Runnable {

    private static final Logger LOG = Logger.getLogger(ConsumerLags.class);
    private static final long INTERVAL_MILLIS = 5_000;
    /** Answers further apart mean that the broker was away. */
    private static final Duration GAP = Duration.ofSeconds(30);

    private final Map<String, Object> kafka;
    private final Map<String, String> groups;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long answeredAt = System.nanoTime() - GAP.toNanos();
    private volatile long answeringSince = answeredAt;

    /**
     * @param kafka the connection
     * @param groups the group that reads a topic, by topic
     */
    public ConsumerLags(Map<String, Object> kafka, Map<String, String> groups) {
        this.kafka = Map.copyOf(kafka);
        this.groups = Map.copyOf(groups);
    }

    /** Records written to the topic and not committed by its group; 0 until that was asked. */
    public long of(String topic) {
        return lags.getOrDefault(topic, 0L);
    }

    /** How long the broker has been answering without a gap; zero while it does not. */
    public Duration answeringFor() {
        long now = System.nanoTime();
        return now - answeredAt < GAP.toNanos() ? Duration.ofNanos(now - answeringSince) : Duration.ZERO;
    }

    private void answered() {
        long now = System.nanoTime();
        if (now - answeredAt >= GAP.toNanos()) {
            answeringSince = now;
        }
        answeredAt = now;
    }

    /** Asks until {@link #stop}. */
    @Override
    public void run() {
        try (Admin admin = Admin.create(kafka)) {
            do {
                try {
                    ask(admin);
                    answered();
                } catch (ExecutionException e) {
                    LOG.debugf("lags cannot be asked now: %s", e.getCause());
                }
            } while (!stopped.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void stop() {
        stopped.countDown();
    }

    private void ask(Admin admin) throws ExecutionException, InterruptedException {
        for (var reading : groups.entrySet()) {
            String topic = reading.getKey();
            Map<TopicPartition, Long> begins = offsets(admin, topic, OffsetSpec.earliest());
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(reading.getValue())
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (var end : offsets(admin, topic, OffsetSpec.latest()).entrySet()) {
                OffsetAndMetadata position = committed.get(end.getKey());
                long from = position == null ? begins.getOrDefault(end.getKey(), 0L) : position.offset();
                lag += Math.max(0, end.getValue() - from);
            }
            lags.put(topic, lag);
        }
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
        Map<TopicPartition, OffsetSpec> asked = described.values().stream()
                .flatMap(it -> it.partitions().stream())
                .collect(Collectors.toMap(it -> new TopicPartition(topic, it.partition()), it -> which));
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }
}
