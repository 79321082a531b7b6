package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.kafka.PartitionLedger.Inheritance;
import dev.agentfleet.worker.runtime.LiveAttempts;
import dev.agentfleet.worker.runtime.RecordPosition;
import dev.agentfleet.worker.runtime.Surplus;
import dev.agentfleet.worker.runtime.WorkerTimer;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits the passed prefix of each partition, ten times a second: a record is passed when its attempt is claimed or has
 * its result, so that nothing holds an offset back for longer than {@code claim-after}. In place of the connector's {@code
 * throttled} strategy because that forgets what it could not commit, closes the channel for a task of more than a minute
 * unless told otherwise, and takes every acknowledgement over an event loop. A commit that fails is due again. While the
 * membership is in doubt, each says where every partition stands, due or not, for the sake of the group's answer.
 */
final class ContiguousCommit implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(ContiguousCommit.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** A commit that takes longer delays a rebalance or the shutdown; what it would have saved runs again. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(2);
    /** What waits for the group's answer is not claimed, and the answer comes on the thread that would wait. */
    private static final Duration IN_DOUBT = Duration.ofMillis(200);
    /** Holds up the group; without an answer more is claimed before its start than need be. */
    private static final Duration ENDS = Duration.ofSeconds(1);

    private final AssignedPartitions partitions;
    private final ConfirmedMembership membership;
    private final LiveAttempts live;
    private final Instance<Surplus> surplus;
    private final int mostInHand;
    private final KafkaConsumer<?, ?> consumer;

    private ContiguousCommit(Factory parts, KafkaConsumer<?, ?> consumer) {
        this.partitions = parts.partitions;
        this.membership = parts.membership;
        this.live = parts.live;
        this.surplus = parts.surplus;
        this.mostInHand = parts.config.slots() + parts.config.prefetch();
        this.consumer = consumer;
    }

    /** Found by the connector under the name of the commit strategy. */
    @Singleton
    @Identifier("contiguous")
    static final class Factory implements KafkaCommitHandler.Factory {

        private final AssignedPartitions partitions;
        private final ConfirmedMembership membership;
        private final LiveAttempts live;
        /** Found when it is needed: it reports through the connector that makes this. */
        private final Instance<Surplus> surplus;

        private final WorkerConfig config;
        private final WorkerTimer timer;

        Factory(
                AssignedPartitions partitions,
                ConfirmedMembership membership,
                LiveAttempts live,
                Instance<Surplus> surplus,
                WorkerConfig config,
                WorkerTimer timer) {
            this.partitions = partitions;
            this.membership = membership;
            this.live = live;
            this.surplus = surplus;
            this.config = config;
            this.timer = timer;
        }

        @Override
        public KafkaCommitHandler create(
                KafkaConnectorIncomingConfiguration config,
                Vertx vertx,
                KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            var commit = new ContiguousCommit(this, consumer);
            timer.every(INTERVAL, commit::commitDue);
            return commit;
        }
    }

    @Override
    public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        boolean ours = partitions.received(partitionOf(record), record.getOffset());
        return ours ? Uni.createFrom().item(record) : Uni.createFrom().nullItem();
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        partitions.passed(partitionOf(record), record.getOffset());
        return Uni.createFrom().voidItem();
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> gained) {
        Map<TopicPartition, Inheritance> inherited = new HashMap<>();
        Map<TopicPartition, Long> ends = ends(gained);
        gained.forEach(partition ->
                inherited.put(partition, new Inheritance(ends.getOrDefault(partition, Long.MAX_VALUE), mostInHand)));
        partitions.gained(inherited);
    }

    /** Past what lies there now; nobody else reads what comes later. */
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> gained) {
        try {
            return consumer.unwrap().endOffsets(gained, ENDS);
        } catch (KafkaException e) {
            LOG.infof("Ends of gained partitions=%s are not known: %s", gained, e.getMessage());
            return Map.of();
        }
    }

    /**
     * On the polling thread, which holds up the whole group: what is in work is claimed, which is soon durable unless the
     * broker is away. What is not by then runs again on the next owner.
     */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> revoked) {
        try {
            Duration bound = membership.isCertain() ? LAST_CHANCE : IN_DOUBT;
            if (!partitions.close(revoked, () -> settle(revoked), bound)) {
                LOG.infof("Attempts in work on revoked partitions=%s may run again", revoked);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var due = partitions.due(revoked);
        partitions.lost(revoked);
        try {
            if (!due.isEmpty()) {
                consumer.unwrap().commitSync(due, LAST_CHANCE);
            }
        } catch (KafkaException e) {
            LOG.infof("Passed records of revoked partitions=%s may run again: %s", due.keySet(), e.getMessage());
        }
    }

    private void settle(Collection<TopicPartition> revoked) {
        surplus.get().giveBackOf(position -> isOf(position, revoked));
        live.claimOf(position -> isOf(position, revoked));
    }

    @Override
    public void terminate(boolean graceful) {
        try {
            consumer.runOnPollingThread(this::commitLast).await().atMost(LAST_CHANCE.multipliedBy(2));
        } catch (RuntimeException e) {
            LOG.infof("The last commit failed, passed records may run again: %s", e.getMessage());
        }
    }

    private void commitLast(Consumer<?, ?> client) {
        var due = partitions.due();
        if (!due.isEmpty()) {
            client.commitSync(due, LAST_CHANCE);
        }
    }

    private void commitDue() {
        membership.run();
        if (offsets().isEmpty()) {
            return;
        }
        consumer.runOnPollingThread(this::commitAsync)
                .subscribe()
                .with(_ -> {}, e -> LOG.debugf("Commit not possible now: %s", e.getMessage()));
    }

    private void commitAsync(Consumer<?, ?> client) {
        var due = offsets();
        if (due.isEmpty()) {
            return;
        }
        int doubts = membership.doubts();
        client.commitAsync(due, (offsets, failure) -> {
            if (failure == null) {
                partitions.committed(offsets);
                membership.confirm(doubts);
            } else {
                LOG.debugf("Commit failed and is due again: %s", failure.getMessage());
            }
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        return membership.isCertain() ? partitions.due() : partitions.positions();
    }

    private static boolean isOf(RecordPosition position, Collection<TopicPartition> partitions) {
        return partitions.contains(new TopicPartition(position.topic(), position.partition()));
    }

    private static TopicPartition partitionOf(IncomingKafkaRecord<?, ?> record) {
        return new TopicPartition(record.getTopic(), record.getPartition());
    }
}
