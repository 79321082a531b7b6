package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.kafka.PartitionLedger.Inheritance;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final PartitionLedger ledger = new PartitionLedger(10, Inheritance.NONE);

    @Test
    void commitsNothingBeforeTheFirstRecordIsPassed() {
        ledger.received(10);
        ledger.received(11);
        ledger.passed(11);

        assertThat(ledger.due()).isEmpty();
    }

    @Test
    void commitsUpToTheFirstOpenRecord() {
        ledger.received(10);
        ledger.received(11);
        ledger.received(12);
        ledger.passed(12);
        ledger.passed(10);

        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));
    }

    @Test
    void commitsTheOffsetAfterTheLastWhenAllArePassed() {
        ledger.received(10);
        // Transaction markers leave gaps.
        ledger.received(17);
        ledger.passed(17);
        ledger.passed(10);

        assertThat(ledger.due()).isEqualTo(OptionalLong.of(18));
    }

    @Test
    void isDueAgainUntilACommitSucceeded() {
        ledger.received(10);
        ledger.passed(10);
        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));
        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));

        ledger.committed(11);

        assertThat(ledger.due()).isEmpty();
    }

    @Test
    void waitsForACommitThatPassesTheOffset() throws InterruptedException {
        ledger.received(10);
        var waiting = waitFor(10);
        ledger.committed(10);
        assertThat(waiting.join(SHORT)).as("committed up to it").isFalse();

        ledger.committed(11);

        assertThat(waiting.join(LONG)).isTrue();
    }

    @Test
    void waitsForNoCommitOfALostPartitionNorForEver() throws InterruptedException {
        ledger.received(10);
        ledger.awaitCommitted(10, SHORT);
        var waiting = waitFor(10);

        ledger.lost();

        assertThat(waiting.join(LONG)).isTrue();
    }

    private Thread waitFor(long offset) {
        return Thread.ofVirtual().start(() -> {
            try {
                ledger.awaitCommitted(offset, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void knowsWhatItsLastOwnerMayHaveBegun() {
        var inherited = new PartitionLedger(10, new Inheritance(13, 100));
        inherited.received(10);
        inherited.received(12);
        inherited.received(13);

        assertThat(inherited.inherited(10)).isTrue();
        assertThat(inherited.inherited(12)).isTrue();
        assertThat(inherited.inherited(13)).as("came later").isFalse();
    }

    @Test
    void supposesNoMoreBegunThanOneWorkerCanHaveInHand() {
        var inherited = new PartitionLedger(10, new Inheritance(1_000, 2));
        inherited.received(10);
        inherited.received(14);
        inherited.received(15);

        assertThat(inherited.inherited(14)).isTrue();
        assertThat(inherited.inherited(15)).isFalse();
    }
}
