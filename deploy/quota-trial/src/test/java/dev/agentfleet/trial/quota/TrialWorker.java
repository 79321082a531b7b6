package dev.agentfleet.trial.quota;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.kafka.KafkaQuotaLink;
import dev.agentfleet.worker.quota.FleetQuota;
import dev.agentfleet.worker.quota.Permit;
import dev.agentfleet.worker.quota.QuotaFigures;
import dev.agentfleet.worker.quota.QuotaTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A worker with nothing but its quotas, and threads that call as often as they may. */
final class TrialWorker {

    /** What a provider that refuses asks for. */
    static final Duration HOLD = Duration.ofSeconds(5);

    private final String server;
    private final String name;
    private final Lane lane;
    private final CallLog log;
    private final boolean minds;
    private final KafkaQuotaLink link;
    private final FleetQuota quota;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch limited = new CountDownLatch(1);
    private final AtomicReference<@Nullable CompletableFuture<Duration>> refuse = new AtomicReference<>();
    private volatile boolean dead;
    private volatile CountDownLatch going = new CountDownLatch(0);
    private volatile long stoodStill;
    private volatile long stoppedAt;

    /** @param minds whether its clock goes on while it is paused, as that of a stopped process does */
    TrialWorker(String server, String name, Lane lane, CallLog log, boolean minds) {
        this.server = server;
        this.name = name;
        this.lane = lane;
        this.log = log;
        this.minds = minds;
        this.link = new KafkaQuotaLink(Map.of("bootstrap.servers", server), Topics.DEFAULT, name);
        this.quota = new FleetQuota(name, new Pausable(), this::nanos, new QuotaFigures(new SimpleMeterRegistry()));
    }

    private long nanos() {
        long paused = !minds && going.getCount() > 0 ? System.nanoTime() - stoppedAt : 0;
        return System.nanoTime() - stoodStill - paused;
    }

    void start(int callers) throws InterruptedException {
        Thread.ofPlatform().daemon().start(this::readControl);
        if (!limited.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no limits are told");
        }
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().start(this::call));
        }
    }

    private void call() {
        try {
            while (!dead) {
                try (Permit permit = quota.acquire(lane, 0, 0, new NoContext())) {
                    going.await();
                    if (!dead && permit.sent()) {
                        log.called(name);
                        CompletableFuture<Duration> refusal = refuse.getAndSet(null);
                        if (refusal != null) {
                            permit.refused(HOLD, "429");
                            refusal.complete(log.now());
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            // It was killed.
        }
    }

    /** The provider answers its next call with 429. Returns when that was. */
    Duration refuseNext() {
        CompletableFuture<Duration> refusal = new CompletableFuture<>();
        refuse.set(refusal);
        return refusal.join();
    }

    /** Nothing of it moves any more, and nobody is told. */
    void kill() {
        dead = true;
        threads.forEach(Thread::interrupt);
        link.close();
        quota.close();
        going.countDown();
    }

    void pause() {
        stoppedAt = System.nanoTime();
        going = new CountDownLatch(1);
    }

    void resume() {
        if (!minds) {
            stoodStill += System.nanoTime() - stoppedAt;
        }
        going.countDown();
    }

    private void readControl() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", server, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Topics.DEFAULT.control(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partitions.getFirst(), 0L);
            while (!dead) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    switch (Json.read(record.value(), Control.class)) {
                        case LimitLane limit -> {
                            quota.limited(limit);
                            limited.countDown();
                        }
                        case HoldLane hold when record.offset() >= end -> quota.held(hold);
                        default -> {}
                    }
                });
            }
        }
    }

    /** Stands still with the rest of the worker. */
    private final class Pausable implements QuotaTransport {
        @Override
        public void open(Consumer<PermitsGranted> onGranted) throws InterruptedException {
            link.open(grant -> {
                awaitGoing();
                if (!dead) {
                    onGranted.accept(grant);
                }
            });
        }

        @Override
        public void send(QuotaRequest request) {
            awaitGoing();
            if (!dead) {
                link.send(request);
            }
        }

        private void awaitGoing() {
            try {
                going.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class NoContext implements AgentContext {
        @Override
        public String taskId() {
            return "trial/0";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {}

        @Override
        public void progress(double share, @Nullable String note) {}

        @Override
        public void cost(long inputTokens, long outputTokens, BigDecimal usd) {}
    }
}
