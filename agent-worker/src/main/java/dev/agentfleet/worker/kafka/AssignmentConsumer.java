package dev.agentfleet.worker.kafka;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The consumer behind the incoming channel, as far as others may know and steer it. */
@Singleton
public final class AssignmentConsumer {

    static final String CHANNEL = "assignments";

    private static final Logger LOG = Logger.getLogger(AssignmentConsumer.class);

    private final KafkaClientService clients;
    private final AssignedPartitions partitions;

    AssignmentConsumer(KafkaClientService clients, AssignedPartitions partitions) {
        this.clients = clients;
        this.partitions = partitions;
    }

    /** Fetches nothing more, of partitions that come later neither. It stays in the group, so that it can still commit. */
    public void pause() {
        clients.getConsumer(CHANNEL).pause().subscribe().with(_ -> {}, _ -> {});
    }

    /**
     * Waits until the offsets of all that is passed are committed. While the group changes no commit is taken: leaving
     * it then would run them again.
     */
    public void awaitCommitted(Duration bound) throws InterruptedException {
        if (!partitions.awaitCommitted(bound)) {
            LOG.info("Leaving with passed records not committed: they may run again");
        }
    }

    /** Whether the group has given this worker its share, be it none, at least once. */
    public boolean joined() {
        return partitions.joined();
    }

    /**
     * Whether records wait that this worker could take: in the connector, or in a partition of its own as far as its last
     * fetch told. Asks nobody and does not block.
     */
    public boolean hasWaiting() {
        return partitions.hasQueued() || anyLag();
    }

    /** By the end for readers of committed records: a transaction that hangs is nothing that waits. */
    private boolean anyLag() {
        return metrics("records-lag").anyMatch(lag -> lag > 0);
    }

    private Stream<Double> metrics(String name) {
        return clients.getConsumer(CHANNEL).unwrap().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .map(metric -> ((Number) metric.metricValue()).doubleValue());
    }

    /** How long ago the polling loop came round; zero before its first time. */
    public Duration sinceLastPoll() {
        return metrics("last-poll-seconds-ago")
                .filter(seconds -> seconds > 0)
                .map(seconds -> Duration.ofSeconds(seconds.longValue()))
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
