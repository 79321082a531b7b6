package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssignedPartitionsTest {

    private static final TopicPartition ZERO = new TopicPartition("tasks", 0);
    private static final TopicPartition ONE = new TopicPartition("tasks", 1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AssignedPartitions partitions = new AssignedPartitions();

    @BeforeEach
    void gain() {
        partitions.gained(List.of(ZERO, ONE));
    }

    @Test
    void takesNothingNewOfAPartitionThatIsGivenUp() throws InterruptedException {
        assertThat(partitions.close(List.of(ZERO), SHORT)).isTrue();

        assertThat(partitions.received(ZERO, 5)).isFalse();
        assertThat(partitions.received(ONE, 5)).isTrue();
    }

    @Test
    void waitsForRecordsInWorkAndCommitsThem() throws InterruptedException {
        partitions.received(ZERO, 5);
        partitions.received(ONE, 9);
        assertThat(partitions.close(List.of(ZERO), SHORT)).as("still in work").isFalse();

        Thread worker = Thread.ofVirtual().start(() -> partitions.finished(ZERO, 5));
        assertThat(partitions.close(List.of(ZERO), LONG))
                .as("finished meanwhile")
                .isTrue();
        worker.join();

        assertThat(partitions.due(List.of(ZERO))).containsEntry(ZERO, new OffsetAndMetadata(6));
    }

    @Test
    void waitsUntilEverythingFinishedIsCommitted() throws InterruptedException {
        partitions.received(ZERO, 5);
        partitions.finished(ZERO, 5);
        assertThat(partitions.awaitCommitted(SHORT)).isFalse();

        partitions.committed(partitions.due());

        assertThat(partitions.awaitCommitted(SHORT)).isTrue();
    }
}
