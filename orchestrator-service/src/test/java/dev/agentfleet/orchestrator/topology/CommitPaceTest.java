package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long nanos = Duration.ofHours(1).toNanos();
    private final CommitPace pace = new CommitPace(Duration.ofMillis(10), () -> nanos);

    @Test
    void aRecordThatComesAloneIsCommittedAtOnce() {
        commit();
        pass(20);

        assertThat(pace.handled()).isTrue();
    }

    @Test
    void aRecordShortlyAfterACommitWaits() {
        commit();
        pass(3);

        assertThat(pace.handled()).isFalse();
        assertThat(pace.isBusy()).isFalse();
    }

    @Test
    void afterASlowCommitTheThreadWorksAsLongBeforeTheNext() {
        commit();
        pass(20);
        pace.handled();
        pass(50);
        commit();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(50));
        pass(49);
        assertThat(pace.handled()).isFalse();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(1));
        pass(1);
        assertThat(pace.handled()).isTrue();

        pass(2);
        commit();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aCommitThatNobodyAskedForMakesNoPauseAndShortensALongOne() {
        commit();
        pass(20);
        pace.handled();
        pass(80);
        commit();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(80));

        pass(5);
        pace.handled();
        pass(55);
        commit();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void whatACommitWaitedForIsNoPartOfIt() {
        commit();
        pace.handled();
        pass(10);
        pace.asked();
        pass(16);
        commit();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(16));
    }

    @Test
    void aBusyThreadLeavesItToTheCommitInterval() {
        commit();
        pass(20);
        for (int i = 0; i < 21; i++) {
            pace.handled();
        }
        commit();
        pass(20);

        assertThat(pace.isBusy()).isTrue();
        assertThat(pace.handled()).isFalse();
    }

    @Test
    void aThreadIsBusyNoLongerThanItsRecordsAreMany() {
        commit();
        pass(1);
        pace.handled();
        pace.handled();
        commit();
        assertThat(pace.isBusy()).isTrue();

        pass(60);
        pace.handled();
        commit();

        assertThat(pace.isBusy()).isFalse();
    }

    @Test
    void anAbortBeginsAnew() {
        commit();
        pace.handled();
        commit();
        assertThat(pace.isBusy()).isTrue();

        pace.aborted();

        assertThat(pace.isBusy()).isFalse();
    }

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private void commit() {
        pace.committed();
    }
}
