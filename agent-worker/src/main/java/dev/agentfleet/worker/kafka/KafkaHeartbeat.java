package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.runtime.WorkerTimer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Says that this worker lives, and learns the broker's time from the answer. */
@Singleton
public final class KafkaHeartbeat {

    /** Until the fleet knows who reads what, tasks are put before the wrong worker. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final OutgoingRecords outgoing;
    private final Topics topics;
    private final WorkerStatus status;
    private final LogAppendClock brokerClock;
    private final InstantSource wallClock;
    private final AtomicBoolean underway = new AtomicBoolean();
    private volatile List<Integer> told = List.of();
    private final Ticker ticker;
    private volatile long answeredAt;
    private volatile boolean left;

    KafkaHeartbeat(
            OutgoingRecords outgoing,
            Topics topics,
            WorkerStatus status,
            LogAppendClock brokerClock,
            InstantSource wallClock,
            Ticker ticker) {
        this.outgoing = outgoing;
        this.topics = topics;
        this.status = status;
        this.brokerClock = brokerClock;
        this.wallClock = wallClock;
        this.ticker = ticker;
        this.answeredAt = ticker.nanos();
    }

    /** The first heartbeat is sent at once, and one besides when the worker has gained or lost partitions. */
    public void start(WorkerTimer timer, Duration interval) {
        timer.every(interval, this::beat);
        timer.every(LOOK, this::beatIfMoved);
    }

    private void beatIfMoved() {
        if (!status.partitions().equals(told)) {
            beat();
        }
    }

    /** Sends one heartbeat, unless the one before is still on its way: an outage must not be followed by a flood. */
    public void beat() {
        if (!left && underway.compareAndSet(false, true)) {
            send(status.now());
        }
    }

    /** How long ago the broker took one. */
    public Duration sinceAnswer() {
        return Duration.ofNanos(ticker.nanos() - answeredAt);
    }

    /** The last word: no more work is taken, and then the tombstone. Waits for it up to the given time. */
    public void leave(Duration patience) throws InterruptedException {
        left = true;
        send(status.now());
        var written = new CountDownLatch(1);
        outgoing.send(record(null, null), written::countDown);
        var _ = written.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(WorkerHeartbeat heartbeat) {
        told = heartbeat.partitions();
        // To the millisecond, as Kafka keeps it: only a different time in the answer is the broker's own.
        var ours = Instant.ofEpochMilli(wallClock.millis());
        outgoing.send(record(ours.toEpochMilli(), Json.write(heartbeat)), written -> {
            underway.set(false);
            answeredAt = ticker.nanos();
            if (written.hasTimestamp() && written.timestamp() != ours.toEpochMilli()) {
                brokerClock.heard(Instant.ofEpochMilli(written.timestamp()));
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(@Nullable Long timestamp, byte @Nullable [] value) {
        byte[] key = status.workerId().getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders(new RecordHeader[] {new RecordHeader(Headers.WORKER_ID, key)});
        return new ProducerRecord<>(topics.workers(), null, timestamp, key, value, headers);
    }
}
