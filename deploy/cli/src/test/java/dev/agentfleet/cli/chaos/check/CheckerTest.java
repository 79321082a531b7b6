package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.cli.chaos.history.Sent;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private final GoodHistory history = new GoodHistory();

    @Test
    void findsNothingInAGoodHistoryAndSaysWhatItDidNotCheck() {
        assertThat(broken()).isEmpty();
        assertThat(verdicts())
                .filteredOn(verdict -> verdict.word().equals("not checked"))
                .extracting(Verdict::invariant)
                .containsExactly(Invariant.I9, Invariant.I10, Invariant.I11, Invariant.I12, Invariant.I13);
    }

    @Test
    void catchesAnAcknowledgedSubmissionThatIsGone() {
        history.sent.add(
                new Sent(GoodHistory.RUN, "SubmitRun", new Position("fleet.requests", 3, 7), GoodHistory.at(1)));

        assertThat(only(Invariant.I1)).contains("run-1", "fleet.requests/3@7", "is not there");
    }

    @Test
    void catchesALostTask() {
        history.events.removeIf(event -> event.offset() == 1);
        history.events.removeLast();
        history.publish(GoodHistory.completed(new Counts(0, 1, 0, 0, 0), 2));

        assertThat(messages(Invariant.I1))
                .containsExactly(
                        "task run-1/0: was submitted at fleet.requests/0@0 and has no outcome; dispatched 2 times");
    }

    @Test
    void catchesARunThatNeverCompleted() {
        history.events.removeLast();

        assertThat(only(Invariant.I1)).isEqualTo("run run-1: of 2 tasks has no RunCompleted");
    }

    @Test
    void catchesWorkThatNobodySubmitted() {
        history.requests.clear();
        history.sent.clear();
        history.sent.add(new Sent(GoodHistory.RUN, "CancelRun", null, GoodHistory.at(1)));

        assertThat(messages(Invariant.I1))
                .containsExactly("run run-1: was never submitted, and has 1 RunCompleted and traces of 2 tasks");
    }

    @Test
    void catchesARepeatedOutcome() {
        history.events.add(1, history.events.get(0));

        assertThat(only(Invariant.I2)).contains("run-1/1", "2 outcomes", "all the same", "FAILED of attempt 2");
    }

    @Test
    void catchesASecondDifferentOutcome() {
        history.publish(GoodHistory.outcome(
                GoodHistory.LUCKY,
                TaskStatus.FAILED,
                2,
                GoodHistory.WORKER,
                null,
                Failure.permanent("TIMEOUT", "late")));

        assertThat(messages(Invariant.I2))
                .anySatisfy(message -> assertThat(message)
                        .contains("run-1/0", "which differ", "SUCCEEDED of attempt 2", "FAILED of attempt 2"));
    }

    @Test
    void catchesASecondRunCompletedOfARevision() {
        history.publish(GoodHistory.completed(new Counts(1, 1, 0, 0, 0), 4));

        assertThat(only(Invariant.I2))
                .contains("run-1", "2 RunCompleted of revision 1", "fleet.runs/0@2, fleet.runs/0@3");
    }

    @Test
    void catchesAnOutcomeThatNamesAnAttemptBeforeTheLastOneDispatched() {
        history.report(new AttemptReleased(GoodHistory.LUCKY, 2, GoodHistory.WORKER, ReleaseReason.DRAIN));
        history.assign(GoodHistory.LUCKY, 3);
        history.report(new AttemptReleased(GoodHistory.LUCKY, 3, GoodHistory.WORKER, ReleaseReason.DRAIN));

        assertThat(only(Invariant.I3))
                .isEqualTo("task run-1/0: its outcome SUCCEEDED names attempt 2 although attempt 3 was dispatched");
    }

    @Test
    void catchesAnOutcomeThatTookTheResultOfAnEarlierAttempt() {
        history.events.removeIf(event -> event.offset() == 1);
        var stale = new Payload("\"stale\"");
        history.report(new AttemptSucceeded(GoodHistory.LUCKY, 1, GoodHistory.DEAD_WORKER, stale, Duration.ZERO));
        history.publish(
                GoodHistory.outcome(GoodHistory.LUCKY, TaskStatus.SUCCEEDED, 2, GoodHistory.DEAD_WORKER, stale, null));

        assertThat(messages(Invariant.I3))
                .containsExactly(
                        "task run-1/0: its outcome took the result of attempt 1 by worker-a although attempt 2 was dispatched");
    }

    @Test
    void catchesAnOutcomeFromAnotherWorkerThanTheFirstClaimant() {
        var success = history.reports.removeLast();
        history.report(new AttemptClaimed(GoodHistory.LUCKY, 2, "worker-c"));
        history.report(success.message());

        assertThat(only(Invariant.I3)).contains("run-1/0", "claimed first by worker-c", "took the result of worker-b");
    }

    @Test
    void catchesASuccessThatNobodyReported() {
        history.reports.removeLast();
        history.report(new AttemptClaimed(GoodHistory.LUCKY, 2, GoodHistory.WORKER));

        assertThat(only(Invariant.I8)).contains("run-1/0", "SUCCEEDED by worker-b in attempt 2, which nobody reported");
    }

    @Test
    void catchesARecordBelowTheCommittedOffsetThatNobodySpokeOf() {
        history.reports.removeIf(report -> report.message() instanceof AttemptClaimed);

        assertThat(messages(Invariant.I5))
                .singleElement()
                .asString()
                .contains("run-1/0", "attempt 1 at fleet.tasks.default/0@0", "committed offset 100");
    }

    @Test
    void catchesADispatchWithoutAReason() {
        history.reports.removeIf(report -> report.message() instanceof AttemptClaimed);

        assertThat(messages(Invariant.I8))
                .singleElement()
                .asString()
                .contains("run-1/0", "attempt 2 was dispatched", "nobody had claimed, failed or given back attempt 1");
    }

    @Test
    void catchesASkippedAttempt() {
        history.assign(GoodHistory.LUCKY, 4);

        assertThat(messages(Invariant.I8))
                .contains("task run-1/0: its dispatch number 3 at fleet.tasks.default/0@4 is attempt 4");
    }

    @Test
    void catchesATaskGivenUpEarly() {
        history.assignments.remove(2);
        history.reports.remove(2);
        history.events.removeFirst();
        history.events.addFirst(GoodHistory.logged(
                "fleet.runs",
                0,
                GoodHistory.outcome(
                        GoodHistory.UNLUCKY,
                        TaskStatus.FAILED,
                        1,
                        GoodHistory.WORKER,
                        null,
                        Failure.retryable("EXIT_3", "it"))));
        history.ledger.remove(2);

        assertThat(messages(Invariant.I8))
                .containsExactly(
                        "task run-1/1: was given up with EXIT_3 after attempt 1 of 2 although another might have helped");
    }

    @Test
    void catchesADeadLetterWithoutItsHeaders() {
        history.deadLetters.clear();
        history.bury(Map.of(Headers.TASK_ID, "run-1/1", Headers.RUN_ID, "run-1", Headers.ATTEMPT, "2"));

        assertThat(only(Invariant.I6)).contains("fleet.dead-letters/0@0", "run-1/1", "lacks [fleet-reason]");
    }

    @Test
    void catchesWorkThatStillWaitsAndProcessesThatDied() {
        history.committed.put(0, 3L);
        history.deaths.add("orchestrator ended with exit code 1");

        assertThat(messages(Invariant.I7))
                .containsExactly(
                        "task run-1/0: attempt 2 at fleet.tasks.default/0@3 still lies at or above the committed offset 3",
                        "ended by themselves: [orchestrator ended with exit code 1]");
    }

    @Test
    void catchesACancelThatCameTooLate() {
        history.ask(CancelRun.of(GoodHistory.RUN, "enough"));
        history.strikes.clear();

        assertThat(messages(Invariant.I12)).singleElement().asString().contains("run-1", "was cancelled at");
    }

    @Test
    void catchesWorkOfARunThatWasCancelledBeforeItsSubmission() {
        history.requests.addFirst(GoodHistory.logged(
                "fleet.requests", -1, new Records.AtHome(GoodHistory.RUN, CancelRun.of(GoodHistory.RUN, "enough"))));

        assertThat(messages(Invariant.I12))
                .anySatisfy(message -> assertThat(message)
                        .contains("run-1/0", "cancelled before it was submitted", "ran 2 times", "SUCCEEDED"));
    }

    @Test
    void catchesCountsThatDoNotAddUp() {
        history.events.removeLast();
        history.publish(GoodHistory.completed(new Counts(2, 0, 0, 0, 0), 5));

        assertThat(messages(Invariant.I14))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("run-1", "succeeded=2", "succeeded=1, failed=1"))
                .anySatisfy(message -> assertThat(message).contains("5 attempts", "its outcomes 4"));
    }

    @Test
    void catchesAnAttemptThatIsNeitherAcceptedNorWasted() {
        history.events.removeLast();
        Work work = Work.of(
                new Effort(1, Duration.ZERO, null), Map.of(WasteCause.FAILED, new Effort(2, Duration.ZERO, null)));
        history.publish(GoodHistory.completed(new Counts(1, 1, 0, 0, 0), 4, work));

        assertThat(only(Invariant.I14)).contains("run-1", "4 attempts", "attempts=3", "1 accepted");
    }

    @Test
    void catchesAMissingDeadLetter() {
        history.deadLetters.clear();

        assertThat(only(Invariant.I14)).isEqualTo("task run-1/1: failed for good 1 times and has 0 dead letters");
    }

    @Test
    void catchesASubmissionThatWasWronglyRefused() {
        history.submit(GoodHistory.submission(2));
        history.events.addFirst(GoodHistory.logged(
                "fleet.runs",
                0,
                new RunRejected(GoodHistory.RUN, "SubmitRun", "runId: names a run with other content")));

        assertThat(only(Invariant.I14))
                .contains("run-1", "submitted 2 times, 0 of them with other content, and refused 1");
    }

    @Test
    void catchesOtherContentThatWasNotRefused() {
        history.submit(GoodHistory.submission(3));

        assertThat(only(Invariant.I14)).contains("run-1", "1 of them with other content, and refused 0 times");
    }

    /** The one message of the one invariant that is broken. */
    private String only(Invariant invariant) {
        assertThat(broken()).extracting(Verdict::invariant).containsExactly(invariant);
        assertThat(messages(invariant)).hasSize(1);
        return messages(invariant).getFirst();
    }

    private List<String> messages(Invariant invariant) {
        return broken().filter(verdict -> verdict.invariant() == invariant)
                .flatMap(verdict -> verdict.violations().stream())
                .toList();
    }

    private Stream<Verdict> broken() {
        return verdicts().stream().filter(Verdict::isBroken);
    }

    private List<Verdict> verdicts() {
        return new Checker(Allowances.DEFAULT).judge(history.history());
    }
}
