package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Strike;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundedAttemptsTest {
    private final GoodHistory history = new GoodHistory();

    @Test
    void catchesAnExecutionTooMany() {
        history.strikes.clear();
        history.ran(GoodHistory.LUCKY, 2, "worker-c", 11);

        assertThat(only()).contains("run-1/0", "attempt 2 ran 2 times", "worker-b", "worker-c", "no fault");
    }

    @Test
    void letsAFaultExplainThatAnAttemptRanAgain() {
        history.ran(GoodHistory.LUCKY, 2, "worker-c", GoodHistory.DEAD_PID, 40);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void catchesAnAttemptThatRanAgainLongAfterAFaultThatHitOthers() {
        spare();
        ranUnclaimed(30, 32);

        assertThat(only()).contains("run-1/0", "attempt 2 ran 2 times", "no fault");
    }

    @Test
    void letsAHandOverExplainThatAnUnclaimedAttemptRanAgain() {
        spare();
        ranUnclaimed(5, 7);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void catchesAClaimedAttemptThatAHandOverStartedAgain() {
        spare();
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 3);

        assertThat(only()).contains("run-1/0", "attempt 1 started again on worker-c", "claimed by worker-a");
    }

    @Test
    void catchesAClaimedAttemptThatAFaultOfAnotherWorkerStartedAgain() {
        history.strikes.clear();
        history.strikes.add(new Strike("F1", true, Set.of(77L), GoodHistory.at(1), GoodHistory.at(4)));
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 3);

        assertThat(only()).contains("run-1/0", "attempt 1 started again on worker-c", "claimed by worker-a");
    }

    @Test
    void letsAWorkerStartWhatItClaimedBecauseOthersMayHaveBegunIt() {
        history.reports.set(
                0, GoodHistory.logged("fleet.results", 0, new AttemptClaimed(GoodHistory.LUCKY, 1, "worker-c")));
        spare();
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 3);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void catchesAClaimedAttemptThatRanAgainAlthoughItsRecordWasCommitted() {
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 30);
        var strict = new Allowances(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ofSeconds(1));

        assertThat(broken(strict))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.violations().getFirst())
                        .contains("run-1/0", "attempt 1 started again on worker-c", "claimed by worker-a"));
    }

    @Test
    void letsACrashRightAfterTheClaimExplainThatItsAttemptRanAgain() {
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 30);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void letsAnOutageExplainWhatAWorkerClaimedWhileItWasOutOfItsGroup() {
        claimedAfterAnOutageThatEndedAt(18 - 6);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void catchesAClaimedAttemptThatRanAgainLongAfterAnOutage() {
        claimedAfterAnOutageThatEndedAt(18 - 12);

        assertThat(only()).contains("run-1/0", "attempt 1 started again on worker-c", "claimed by worker-a");
    }

    @Test
    void catchesAnExecutionOfAnAttemptThatWasNeverDispatched() {
        history.ran(GoodHistory.LUCKY, 3, GoodHistory.WORKER, 12);

        assertThat(only()).contains("run-1/0", "attempt 3 ran on worker-b and was never dispatched");
    }

    @Test
    void catchesMoreFailuresThanTheRunAllows() {
        history.assign(GoodHistory.UNLUCKY, 3);

        assertThat(broken(Allowances.DEFAULT))
                .filteredOn(verdict -> verdict.invariant() == Invariant.I4)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.violations())
                        .singleElement()
                        .asString()
                        .contains("run-1/1", "3 times", "only 2"));
    }

    /** The fault hits no worker: a hand-over. */
    private void spare() {
        history.strikes.replaceAll(strike -> new Strike("F13", true, Set.of(), strike.from(), strike.until()));
    }

    /** The claim waits in its worker's producer until the broker is there again. */
    private void claimedAfterAnOutageThatEndedAt(int mended) {
        Logged<AttemptReport> claim = history.reports.getFirst();
        history.reports.set(0, new Logged<>(claim.position(), GoodHistory.at(18), claim.message()));
        history.strikes.clear();
        history.strikes.add(
                new Strike("F8", true, Set.of(GoodHistory.DEAD_PID), GoodHistory.at(1), GoodHistory.at(mended)));
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 21);
    }

    private void ranUnclaimed(int first, int second) {
        history.ledger.removeIf(
                execution -> execution.attempt() == 2 && execution.taskId().equals(GoodHistory.LUCKY));
        history.ran(GoodHistory.LUCKY, 2, GoodHistory.WORKER, first);
        history.ran(GoodHistory.LUCKY, 2, "worker-c", second);
    }

    private String only() {
        List<Verdict> broken = broken(Allowances.DEFAULT);
        assertThat(broken).extracting(Verdict::invariant).containsExactly(Invariant.I4);
        return String.join("\n", broken.getFirst().violations());
    }

    private List<Verdict> broken(Allowances allowances) {
        return new Checker(allowances)
                .judge(history.history()).stream().filter(Verdict::isBroken).toList();
    }
}
