package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.StartAfter;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the passing of time does on one home partition. */
class HomePartitionTimeTest {

    private static final Failure BLIP = Failure.retryable("BLIP", "try again");

    private final Home home = new Home();

    @Test
    void retriesWithGrowingWaitsAlsoAcrossARestart() {
        home.submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(3, null, null, null, 0.0)));
        home.fail(Home.only(home.outbox.takeAssignments()), BLIP);

        home.pass(Duration.ofMillis(900));
        assertThat(home.outbox.assignments)
                .as("before the first wait has passed")
                .isEmpty();
        home.restart();
        home.pass(Duration.ofMillis(200));
        TaskAssignment second = Home.only(home.outbox.takeAssignments());
        assertThat(second.attempt()).isEqualTo(2);
        home.fail(second, BLIP);
        home.pass(Duration.ofMillis(1_900));
        assertThat(home.outbox.assignments)
                .as("before the second wait has passed")
                .isEmpty();
        home.pass(Duration.ofMillis(200));
        home.succeed(Home.only(home.outbox.takeAssignments()));

        assertThat(Home.only(home.outbox.events(TaskOutcome.class)).attempts()).isEqualTo(3);
        assertThat(home.store.timerCount()).as("timers left").isEqualTo(2);
        home.pass(Duration.ofHours(2));
        assertThat(home.store.timerCount())
                .as("timers left when the queue limit has passed")
                .isZero();
    }

    @Test
    void aRetryDueWhileTheWindowIsFullIsNotForgottenByARestart() {
        home.window = 1;
        home.submit(2, new RunOptions(null, null, null, null, null, new RetryPolicy(3, null, null, null, 0.0)));
        home.fail(Home.only(home.outbox.takeAssignments()), BLIP);
        TaskAssignment other = Home.only(home.outbox.takeAssignments());
        home.pass(Duration.ofSeconds(5));
        assertThat(home.outbox.assignments).as("no room").isEmpty();

        home.restart();
        home.tick();
        home.succeed(other);

        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
    }

    @Test
    void aCancelThatOvertakesItsSubmissionIsKeptForTenMinutes() {
        home.request(Home.RUN, CancelRun.of(Home.RUN, "too early"));
        home.pass(Duration.ofMinutes(9));
        home.submit(3, null);
        home.work();
        assertThat(home.completed().status()).isEqualTo(RunStatus.CANCELLED);

        RunId other = new RunId("other");
        home.request(other, CancelRun.of(other, "too early"));
        home.pass(Duration.ofMinutes(11));
        home.request(other, SubmitRun.single(other, "echo", Payload.NULL));
        assertThat(home.outbox.takeAssignments()).hasSize(1);
    }

    @Test
    void dispatchesAgainWhenTheOwnersHeartbeatsStop() {
        home.submit(1, null);
        home.claim(Home.only(home.outbox.takeAssignments()));
        for (int i = 0; i < 20; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }
        assertThat(home.outbox.assignments).as("while its worker is heard of").isEmpty();

        home.pass(Home.LEASE.plusSeconds(3));

        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
    }

    @Test
    void dispatchesAgainWhatTheOwnersHeartbeatsNoLongerList() {
        home.submit(2, null);
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        sent.forEach(home::claim);
        TaskAssignment lost = sent.getFirst();
        home.dropped.add(lost.taskId());

        for (int i = 0; i < 7; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }

        TaskAssignment again = Home.only(home.outbox.takeAssignments());
        assertThat(again.taskId()).isEqualTo(lost.taskId());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(home.outbox.controls).hasOnlyElementsOfType(StopAttempt.class);
    }

    @Test
    void aStandstillOfTheLogExpiresNobody() {
        home.submit(1, null);
        home.claim(Home.only(home.outbox.takeAssignments()));
        home.heard.put(Home.WORKER, home.now);
        home.pass(Duration.ofSeconds(1));

        home.now = home.now.plus(Duration.ofHours(1));
        home.tick();
        home.pass(Duration.ofSeconds(10));
        home.heard.put(Home.WORKER, home.now);
        home.pass(Duration.ofSeconds(10));

        assertThat(home.outbox.assignments).isEmpty();
    }

    @Test
    void givesUpAClaimThatOutlivesItsTimeout() {
        home.submit(
                1,
                new RunOptions(
                        null, Duration.ofSeconds(30), null, null, null, new RetryPolicy(1, null, null, null, null)));
        home.claim(Home.only(home.outbox.takeAssignments()));
        for (int i = 0; i < 14; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }

        assertThat(Home.only(home.outbox.events(TaskOutcome.class)).status()).isEqualTo(TaskStatus.TIMED_OUT);
        assertThat(home.outbox.controls).hasAtLeastOneElementOfType(StopAttempt.class);
    }

    @Test
    void aClaimThatWaitsForQuotaMayOutliveItsTimeoutByAsMuch() {
        home.submit(
                1,
                new RunOptions(
                        null, Duration.ofSeconds(30), null, null, null, new RetryPolicy(1, null, null, null, null)));
        TaskAssignment task = Home.only(home.outbox.takeAssignments());
        home.claim(task);
        home.pass(Duration.ofSeconds(2));
        home.report(
                new AttemptProgress(task.taskId(), task.attempt(), Home.WORKER, null, null, Duration.ofSeconds(20)));
        for (int i = 0; i < 18; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }
        assertThat(home.outbox.events(TaskOutcome.class)).isEmpty();

        for (int i = 0; i < 3; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }
        assertThat(Home.only(home.outbox.events(TaskOutcome.class)).status()).isEqualTo(TaskStatus.TIMED_OUT);
    }

    @Test
    void aTaskNobodyStartsTimesOutInTheQueue() {
        home.submit(300, new RunOptions(null, null, Duration.ofSeconds(16), null, null, null));
        home.work();
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        assertThat(sent).allSatisfy(task -> assertThat(task.startBy()).isEqualTo(home.now.plusSeconds(16)));
        home.succeed(sent.get(5));

        home.pass(Duration.ofSeconds(33));
        home.work();

        assertThat(home.completed().counts().timedOut()).isEqualTo(299);
        assertThat(home.completed().counts().succeeded()).isEqualTo(1);
    }

    @Test
    void aDispatchNeverHeardOfIsDispatchedAgain() {
        home.submit(1, null);
        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(1);

        home.pass(Duration.ofMinutes(65));
        home.work();
        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
        home.pass(Duration.ofMinutes(65));
        home.work();

        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(3);
    }

    @Test
    void aReleasedAttemptIsDispatchedAtOnceAndCountsNoFailure() {
        home.submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(1, null, null, null, null)));
        TaskAssignment first = Home.only(home.outbox.takeAssignments());
        home.report(new AttemptReleased(first.taskId(), 1, Home.WORKER, ReleaseReason.DRAIN));
        home.tick();

        TaskAssignment second = Home.only(home.outbox.takeAssignments());
        assertThat(second.attempt()).isEqualTo(2);
        home.succeed(second);
        assertThat(home.completed().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aHeldRunSendsNothingBeforeItsTimeAlsoAcrossARestart() {
        home.submit(3, RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofHours(2))));
        home.submit(3, RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofMinutes(120))));
        home.pass(Duration.ofMinutes(119));
        home.restart();
        home.work();
        home.pass(Duration.ofSeconds(59));
        assertThat(home.outbox.assignments).as("before its time").isEmpty();
        assertThat(home.outbox.events).as("the same submission again").isEmpty();
        assertThat(home.store.timerCount()).as("it waits by its alarm alone").isZero();

        home.pass(Duration.ofSeconds(1));
        home.finishAll();

        assertThat(home.completed().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(home.awaitsTime()).isFalse();
    }

    @Test
    void theStartIsComparedWithTheBrokersTime() {
        var start = new StartAfter.At(home.now.plus(Duration.ofMinutes(10)));
        home.submit(1, new RunOptions(null, null, null, Duration.ofMinutes(5), null, null).startingAfter(start));
        home.pass(Duration.ofMinutes(9));
        assertThat(home.outbox.assignments).isEmpty();
        assertThat(home.outbox.events).as("the deadline counts from the start").isEmpty();

        home.pass(Duration.ofMinutes(1));
        assertThat(home.outbox.takeAssignments()).hasSize(1);
        home.restart();
        home.pass(Duration.ofMinutes(5));
        home.work();

        assertThat(home.completed().status()).isEqualTo(RunStatus.TIMED_OUT);
    }

    @Test
    void aHeldRunCanBeCancelledWithoutHavingStarted() {
        home.submit(3, RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofHours(2))));
        home.request(Home.RUN, CancelRun.of(Home.RUN, "not needed"));
        home.work();

        assertThat(home.completed().counts().cancelled()).isEqualTo(3);
        assertThat(home.awaitsTime()).isFalse();
        home.pass(Duration.ofHours(3));
        assertThat(home.outbox.assignments).isEmpty();
    }

    @Test
    void aHeldOpenRunTakesItsTasksInAndLikeAnyOtherDoesNotWaitForItsSeal() {
        home.request(
                Home.RUN,
                new SubmitRun(
                        Home.RUN,
                        "echo",
                        null,
                        null,
                        null,
                        RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofMinutes(15))),
                        true));
        home.request(Home.RUN, new AppendTasks(Home.RUN, 1, Home.specs(2)));
        home.pass(Duration.ofMinutes(9));
        home.request(Home.RUN, new AppendTasks(Home.RUN, 2, Home.specs(1)));
        home.pass(Duration.ofMinutes(5));
        assertThat(home.outbox.assignments).isEmpty();

        home.pass(Duration.ofMinutes(1));
        assertThat(home.outbox.takeAssignments()).hasSize(3);
        home.pass(Duration.ofMinutes(5));

        assertThat(home.outbox.controls).as("stopped: never sealed").isNotEmpty();
    }

    @Test
    void theDeadlineEndsWhatIsLeft() {
        home.submit(10, new RunOptions(null, null, null, Duration.ofSeconds(60), null, null));
        home.succeed(home.outbox.takeAssignments().getFirst());
        home.pass(Duration.ofSeconds(60));
        home.work();

        assertThat(home.completed().status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(home.completed().counts().timedOut()).isEqualTo(9);
        assertThat(home.completed().failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.DEADLINE));
        assertThat(home.outbox.deadLetters)
                .as("a deadline is no failure of the tasks")
                .isEmpty();
    }

    @Test
    void anOpenRunWithoutNewsFailsAfterTenMinutes() {
        home.request(Home.RUN, new SubmitRun(Home.RUN, "echo", null, null, Home.specs(2), null, true));
        home.pass(Duration.ofMinutes(9));
        home.request(Home.RUN, new AppendTasks(Home.RUN, 1, Home.specs(1)));
        home.pass(Duration.ofMinutes(9));
        assertThat(home.outbox.events).isEmpty();

        home.pass(Duration.ofMinutes(1));
        home.work();

        assertThat(home.completed().failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_SEALED));
        assertThat(home.completed().counts().cancelled()).isEqualTo(3);
    }

    @Test
    void anOpenRunThatIsNeverSealedHasFailedEvenIfAllThatCameSucceeded() {
        home.request(Home.RUN, new SubmitRun(Home.RUN, "echo", null, null, Home.specs(2), null, true));
        home.finishAll();
        home.pass(Duration.ofMinutes(10));

        assertThat(home.completed().status()).isEqualTo(RunStatus.FAILED);
        assertThat(home.completed().counts().succeeded()).isEqualTo(2);
    }
}
