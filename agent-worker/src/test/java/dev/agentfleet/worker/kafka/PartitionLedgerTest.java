package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

    private final PartitionLedger ledger = new PartitionLedger(10);

    @Test
    void commitsNothingBeforeTheFirstRecordIsFinished() {
        ledger.received(10);
        ledger.received(11);
        ledger.finished(11);

        assertThat(ledger.due()).isEmpty();
    }

    @Test
    void commitsUpToTheFirstOpenRecord() {
        ledger.received(10);
        ledger.received(11);
        ledger.received(12);
        ledger.finished(12);
        ledger.finished(10);

        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));
    }

    @Test
    void commitsTheOffsetAfterTheLastWhenAllAreFinished() {
        ledger.received(10);
        // Transaction markers leave gaps.
        ledger.received(17);
        ledger.finished(17);
        ledger.finished(10);

        assertThat(ledger.due()).isEqualTo(OptionalLong.of(18));
    }

    @Test
    void isDueAgainUntilACommitSucceeded() {
        ledger.received(10);
        ledger.finished(10);
        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));
        assertThat(ledger.due()).isEqualTo(OptionalLong.of(11));

        ledger.committed(11);

        assertThat(ledger.due()).isEmpty();
    }
}
