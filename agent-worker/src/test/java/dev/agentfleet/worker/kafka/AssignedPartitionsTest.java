package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.kafka.PartitionLedger.Inheritance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssignedPartitionsTest {

    private static final TopicPartition ZERO = new TopicPartition("tasks", 0);
    private static final TopicPartition ONE = new TopicPartition("tasks", 1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Runnable NOTHING = () -> {};

    private final AssignedPartitions partitions = new AssignedPartitions();

    @BeforeEach
    void gain() {
        partitions.gained(Map.of(ZERO, new Inheritance(6, 10), ONE, Inheritance.NONE));
    }

    @Test
    void takesNothingNewOfAPartitionThatIsGivenUp() throws InterruptedException {
        assertThat(partitions.close(List.of(ZERO), NOTHING, SHORT)).isTrue();

        assertThat(partitions.received(ZERO, 5)).isFalse();
        assertThat(partitions.received(ONE, 5)).isTrue();
    }

    @Test
    void waitsForRecordsInWorkAndCommitsThem() throws InterruptedException {
        partitions.received(ZERO, 5);
        partitions.received(ONE, 9);
        assertThat(partitions.close(List.of(ZERO), NOTHING, SHORT))
                .as("still in work")
                .isFalse();

        Thread worker = Thread.ofVirtual().start(() -> partitions.passed(ZERO, 5));
        assertThat(partitions.close(List.of(ZERO), NOTHING, LONG))
                .as("passed meanwhile")
                .isTrue();
        worker.join();

        assertThat(partitions.due(List.of(ZERO))).containsEntry(ZERO, new OffsetAndMetadata(6));
    }

    @Test
    void doesNotWaitForWhatIsLeftAndDoesNotCommitPastIt() throws InterruptedException {
        partitions.received(ZERO, 5);
        partitions.received(ZERO, 6);
        partitions.passed(ZERO, 5);

        partitions.left(new ConsumerRecord<>("tasks", 0, 6, "key", "value"));

        assertThat(partitions.close(List.of(ZERO), NOTHING, SHORT)).isTrue();
        assertThat(partitions.due(List.of(ZERO))).containsEntry(ZERO, new OffsetAndMetadata(6));
    }

    @Test
    void aRecordIsOursUntilItIsPassedOrItsPartitionLost() {
        partitions.received(ZERO, 5);
        partitions.received(ONE, 5);
        assertThat(partitions.awaits(record(ZERO, 5))).isTrue();
        assertThat(partitions.awaits(record(ZERO, 6))).isFalse();

        partitions.passed(ZERO, 5);
        partitions.lost(List.of(ONE));

        assertThat(partitions.awaits(record(ZERO, 5))).isFalse();
        assertThat(partitions.awaits(record(ONE, 5))).isFalse();
    }

    @Test
    void asksForAClaimUntilTheRecordHasFoundItsAttempt() throws InterruptedException {
        partitions.received(ZERO, 5);
        var asked = new AtomicInteger();

        boolean closed = partitions.close(
                List.of(ZERO),
                () -> {
                    if (asked.incrementAndGet() == 3) {
                        partitions.passed(ZERO, 5);
                    }
                },
                LONG);

        assertThat(closed).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void knowsWhatMayHaveBegunUntilThePartitionIsLost() {
        partitions.received(ZERO, 5);
        partitions.received(ONE, 5);
        assertThat(partitions.mayHaveBegun(record(ZERO, 5))).isTrue();
        assertThat(partitions.mayHaveBegun(record(ONE, 5))).isFalse();

        partitions.lost(List.of(ZERO));

        assertThat(partitions.mayHaveBegun(record(ZERO, 5))).isFalse();
    }

    @Test
    void knowsWhetherPolledRecordsWaitInTheConnector() {
        assertThat(partitions.hasQueued()).isFalse();

        partitions.polled(ZERO, 6);
        assertThat(partitions.hasQueued()).as("none of them received").isTrue();
        partitions.received(ZERO, 5);
        assertThat(partitions.hasQueued()).as("one of two received").isTrue();

        partitions.received(ZERO, 6);
        assertThat(partitions.hasQueued()).isFalse();
    }

    @Test
    void doesNotWaitForWhatWasPolledOfALostPartition() {
        partitions.polled(ZERO, 6);

        partitions.lost(List.of(ZERO));

        assertThat(partitions.hasQueued()).isFalse();
    }

    private static ConsumerRecord<String, String> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", "value");
    }

    @Test
    void waitsUntilEverythingPassedIsCommitted() throws InterruptedException {
        partitions.received(ZERO, 5);
        partitions.passed(ZERO, 5);
        assertThat(partitions.awaitCommitted(SHORT)).isFalse();

        partitions.committed(partitions.due());

        assertThat(partitions.awaitCommitted(SHORT)).isTrue();
    }
}
