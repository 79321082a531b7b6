package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Task 0 was claimed by one worker and dispatched again at second 3; a test says when that worker was drained. */
class CleanDrainTest {
    private static final long PID = 42;

    private final GoodHistory history = new GoodHistory();

    @Test
    void catchesAnExitCodeThatIsNotZero() {
        drained(0, 137, 4, 5);

        assertThat(violations())
                .containsExactly("worker-1 was asked to end at " + GoodHistory.at(4) + " and ended with exit code 137");
    }

    @Test
    void catchesAClaimThatALeavingWorkerLeftToItsLease() {
        drained(PID, 0, 1, 2);

        assertThat(violations()).containsExactly(leftBehind(1));
    }

    @Test
    void catchesAClaimThatALeavingWorkerLeftBehindForGood() {
        history.events.removeIf(event -> event.offset() == 1);
        history.assignments.removeLast();
        drained(PID, 0, 2, 5);

        assertThat(violations()).containsExactly(leftBehind(2));
    }

    @Test
    void catchesAClaimLeftBehindInARunThatIsStoppedLater() {
        history.events.removeIf(event -> event.offset() == 1);
        history.assignments.removeLast();
        drained(PID, 0, 0, 1);
        history.publish(
                GoodHistory.outcome(GoodHistory.LUCKY, TaskStatus.CANCELLED, 1, GoodHistory.DEAD_WORKER, null, null));

        assertThat(violations()).containsExactly(leftBehind(0));
    }

    @Test
    void expectsNoWordOfAnAttemptThatWasLostBeforeItsWorkerLeft() {
        drained(PID, 0, 2, 3);

        assertThat(violations()).isEmpty();
    }

    @Test
    void expectsNoMoreThanAWordOfWhatIsGivenBack() {
        history.report(new AttemptReleased(GoodHistory.LUCKY, 1, GoodHistory.DEAD_WORKER, ReleaseReason.DRAIN));
        drained(PID, 0, 1, 2);

        assertThat(violations()).isEmpty();
    }

    @Test
    void catchesATaskThatEndsAsLostWithALeavingWorker() {
        endAsLost();
        drained(PID, 0, 1, 5);

        assertThat(violations())
                .containsExactly(
                        "task run-1/0: attempt 1 was claimed by worker-a (worker-1), which was asked to end at "
                                + GoodHistory.at(1) + " and ended as lost");
    }

    @Test
    void letsATaskBeLostWhoseWorkerIsAskedToEndLater() {
        endAsLost();
        drained(PID, 0, 10, 11);

        assertThat(violations()).isEmpty();
    }

    @Test
    void expectsNoWordOfAWorkerWhoseClaimCameSecond() {
        history.report(new AttemptClaimed(GoodHistory.LUCKY, 2, "worker-c"));
        history.ran(GoodHistory.LUCKY, 2, "worker-c", 11);
        history.drained.add(new Drained("worker-3", 1, false, 0, GoodHistory.at(12), GoodHistory.at(13)));

        assertThat(violations()).isEmpty();
    }

    /** Its worker spoke of it, and nobody heeded that. */
    private void endAsLost() {
        history.events.removeIf(event -> event.offset() == 1);
        history.assignments.removeLast();
        history.report(new AttemptReleased(GoodHistory.LUCKY, 1, GoodHistory.DEAD_WORKER, ReleaseReason.DRAIN));
        history.publish(GoodHistory.outcome(
                GoodHistory.LUCKY,
                TaskStatus.FAILED,
                1,
                GoodHistory.DEAD_WORKER,
                null,
                Failure.retryable(FailureCode.WORKER_LOST, "its worker was not heard of")));
    }

    private void drained(long pid, int exitCode, int asked, int left) {
        history.ledger.set(
                0, new Execution(GoodHistory.LUCKY, 1, GoodHistory.DEAD_WORKER, PID, GoodHistory.at(1), null));
        history.drained.add(new Drained("worker-1", pid, false, exitCode, GoodHistory.at(asked), GoodHistory.at(left)));
    }

    private static String leftBehind(int asked) {
        return "task run-1/0: attempt 1 was claimed by worker-a (worker-1), which was asked to end at "
                + GoodHistory.at(asked) + " and never said how the attempt ended";
    }

    private List<String> violations() {
        return new Checker(Allowances.DEFAULT)
                .judge(history.history()).stream()
                        .filter(verdict -> verdict.invariant() == Invariant.I13)
                        .flatMap(verdict -> verdict.violations().stream())
                        .toList();
    }
}
