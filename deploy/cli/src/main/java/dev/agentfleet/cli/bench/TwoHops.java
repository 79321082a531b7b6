package dev.agentfleet.cli.bench;

import dev.agentfleet.cli.time.Time;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The baseline: records that are produced, consumed, produced again and consumed again, on the fleet's broker, with nothing
 * done to them on the way.
 */
final class TwoHops {
    private static final String FIRST = "bench.first";
    private static final String SECOND = "bench.second";
    private static final int PARTITIONS = 12;
    private static final int BYTES = 400;
    private static final int LINGER_MILLIS = 5;
    private static final double NANOS = 1e9;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final Time time;

    TwoHops(KafkaSettings kafka, Time time) {
        this.kafka = kafka;
        this.time = time;
    }

    void createTopics() throws InterruptedException {
        try (var admin = Admin.create(java.util.Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(topic(FIRST), topic(SECOND))).all().get();
        } catch (ExecutionException e) {
            throw new BenchException("the topics of the baseline cannot be created", e);
        }
    }

    double perSecond(int records) throws InterruptedException {
        long start = time.nanos();
        long[] arrivals = pass(records, LINGER_MILLIS, new Pace(time, 0));
        return records / ((latest(arrivals) - start) / NANOS);
    }

    Latencies latencies(int records, int perSecond) throws InterruptedException {
        var pace = new Pace(time, perSecond);
        long[] arrivals = pass(records, 0, pace);
        for (int i = 0; i < records; i++) {
            arrivals[i] -= pace.due(i);
        }
        return new Latencies(arrivals);
    }

    /** Returns when each record had made both hops. */
    private long[] pass(int records, int lingerMillis, Pace pace) throws InterruptedException {
        long[] arrivals = new long[records];
        try (var relay = new Relay(kafka.fromEnd(FIRST), kafka.producer(lingerMillis));
                var end = kafka.fromEnd(SECOND);
                var producer = kafka.producer(lingerMillis)) {
            relay.start();
            Thread sender =
                    Thread.ofPlatform().name("two-hops-sender").daemon().start(() -> send(producer, records, pace));
            for (int arrived = 0; arrived < records; ) {
                var polled = end.poll(POLL);
                long at = time.nanos();
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    arrivals[ByteBuffer.wrap(record.key()).getInt()] = at;
                    arrived++;
                }
            }
            sender.join();
        }
        return arrivals;
    }

    private static void send(Producer<byte[], byte[]> producer, int records, Pace pace) {
        try {
            pace.start();
            for (int i = 0; i < records; i++) {
                pace.await(i);
                byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
                var _ = producer.send(new ProducerRecord<>(FIRST, key, new byte[BYTES]));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long latest(long[] arrivals) {
        return java.util.Arrays.stream(arrivals).max().orElseThrow();
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
    }

    /** The middle: takes from the first topic, gives to the second. */
    private record Relay(KafkaConsumer<byte[], byte[]> from, Producer<byte[], byte[]> to, Thread[] thread)
            implements AutoCloseable {

        Relay(KafkaConsumer<byte[], byte[]> from, Producer<byte[], byte[]> to) {
            this(from, to, new Thread[1]);
        }

        void start() {
            thread[0] = Thread.ofPlatform().name("two-hops-relay").daemon().start(this::run);
        }

        private void run() {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
                        var _ = to.send(new ProducerRecord<>(SECOND, record.key(), record.value()));
                    }
                } catch (org.apache.kafka.common.errors.InterruptException e) {
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            thread[0].interrupt();
            thread[0].join();
            from.close();
            to.close();
        }
    }
}
