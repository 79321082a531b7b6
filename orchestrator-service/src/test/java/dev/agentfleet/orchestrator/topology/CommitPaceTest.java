package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long nanos = Duration.ofHours(1).toNanos();
    private final CommitPace pace = new CommitPace(Duration.ofMillis(10), Duration.ofMillis(60), () -> nanos);

    @Test
    void aRecordThatComesAloneIsCommittedAtOnce() {
        commitAfter(0);
        pass(20);

        assertThat(handleFor(1)).isTrue();
    }

    @Test
    void aRecordShortlyAfterACommitWaits() {
        commitAfter(0);
        pass(3);

        assertThat(handleFor(1)).isFalse();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(6));
    }

    @Test
    void afterASlowCommitTheThreadWorksAsLongBeforeTheNext() {
        commitAfter(0);
        pass(20);
        handleFor(1);
        commitAfter(50);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(50));
        pass(48);
        assertThat(handleFor(1)).isFalse();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(1));
        assertThat(handleFor(1)).isTrue();

        commitAfter(2);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aThreadThatIsNotBusyWaitsNoLongerThanABusyOne() {
        commitAfter(0);
        pass(20);
        handleFor(1);
        commitAfter(500);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void aCommitThatNobodyAskedForMakesNoPauseAndShortensALongOne() {
        commitAfter(0);
        pass(20);
        handleFor(1);
        commitAfter(56);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(56));

        pass(5);
        handleFor(1);
        commitAfter(230);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(28));
    }

    @Test
    void whatACommitWaitedForIsNoPartOfIt() {
        commitAfter(0);
        handleFor(1);
        pass(9);
        pace.asked();
        commitAfter(16);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(16));
    }

    @Test
    void manyRecordsMakeAThreadBusy() {
        commitAfter(0);
        pass(20);
        for (int i = 0; i < 22; i++) {
            handleFor(0);
        }
        commitAfter(1);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(60));
        pass(59);
        assertThat(handleFor(0)).isFalse();
        pass(1);
        assertThat(handleFor(0)).isTrue();
    }

    @Test
    void aFewSlowRecordsMakeAThreadBusyThatHardlyWaits() {
        commitAfter(0);
        for (int i = 0; i < 4; i++) {
            pass(1);
            handleFor(2);
        }
        commitAfter(1);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void aSlowRecordThatComesAloneMakesNoThreadBusy() {
        commitAfter(0);
        handleFor(40);
        commitAfter(12);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(12));
    }

    @Test
    void aBusyThreadWorksSeveralTimesAsLongAsItsCommitsTakeWithinBounds() {
        commitAfter(0);
        handleMany();
        commitAfter(25);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(100));

        handleMany();
        commitAfter(500);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(120));
        assertThat(CommitPace.longest(Duration.ofMillis(60))).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void aThreadIsBusyNoLongerThanItHasMuchToDo() {
        commitAfter(0);
        handleMany();
        commitAfter(30);

        pass(60);
        handleFor(1);
        commitAfter(30);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(15));
    }

    @Test
    void anAbortBeginsAnew() {
        handleMany();
        commitAfter(30);

        pace.aborted();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(1));
        assertThat(handleFor(1)).isTrue();
    }

    private void handleMany() {
        for (int i = 0; i < 10; i++) {
            handleFor(1);
        }
    }

    private boolean handleFor(long millis) {
        pace.taken();
        pass(millis);
        return pace.handled();
    }

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private void commitAfter(long millis) {
        pass(millis);
        pace.committed();
    }
}
