package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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
        history.ran(GoodHistory.LUCKY, 2, "worker-c", 11);

        assertThat(broken(Allowances.DEFAULT)).isEmpty();
    }

    @Test
    void catchesAClaimedAttemptThatRanAgainAlthoughItsRecordWasCommitted() {
        history.ran(GoodHistory.LUCKY, 1, "worker-c", 30);
        var strict = new Allowances(Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ofSeconds(1));

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
