package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HomePartitionTest {

    private static final RunId RUN = new RunId("run-1");
    private static final Failure BLIP = Failure.retryable("BLIP", "try again");

    private final Home home = new Home();

    @Test
    void runsASingleTaskToItsOutcomeAndCompletion() {
        home.request(RUN, SubmitRun.single(RUN, "echo", new Payload("{\"text\":\"hi\"}")));
        home.succeed(only(home.outbox.takeAssignments()));

        assertThat(home.outbox.events).hasSize(2);
        assertThat(only(home.outbox.events(TaskOutcome.class)).output()).isEqualTo(new Payload("{\"text\":\"hi\"}"));
        assertThat(only(home.outbox.events(RunCompleted.class)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(home.awaitsTime()).as("nothing is left to wait for").isFalse();
    }

    @Test
    void aShortTaskCostsTwoTaskWritesAndNoTimer() {
        submit(1_000, null);
        home.work();
        finishAll();

        assertThat(home.store.taskWrites()).isEqualTo(2_000);
        assertThat(home.store.timerCount()).isZero();
        assertThat(completed().counts().succeeded()).isEqualTo(1_000);
    }

    @Test
    void neverHasMoreInFlightThanTheRunsConcurrency() {
        submit(100, new RunOptions(7, null, null, null, null, null));

        List<TaskAssignment> inFlight = new ArrayList<>(home.outbox.takeAssignments());
        int seen = inFlight.size();
        while (!inFlight.isEmpty()) {
            assertThat(inFlight).hasSizeLessThanOrEqualTo(7);
            home.succeed(inFlight.removeFirst());
            List<TaskAssignment> next = home.outbox.takeAssignments();
            seen += next.size();
            inFlight.addAll(next);
        }

        assertThat(seen).isEqualTo(100);
        assertThat(completed().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void keepsNoMoreThanTheWindowInKafkaAndTakesTurnsBetweenRuns() {
        home.window = 20;
        submit(1_000, null);
        assertThat(home.outbox.takeAssignments()).hasSize(20);
        RunId late = new RunId("late");
        home.request(late, SubmitRun.single(late, "echo", Payload.NULL));
        assertThat(home.outbox.assignments).as("the window is full").isEmpty();

        for (int i = 0; i < 16; i++) {
            home.succeed(assignment(i));
        }

        assertThat(home.outbox.takeAssignments())
                .extracting(task -> task.taskId().runId())
                .as("the newcomer comes within two turns")
                .contains(late);
    }

    @Test
    void retriesWithGrowingWaitsAlsoAcrossARestart() {
        submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(3, null, null, null, 0.0)));
        home.fail(only(home.outbox.takeAssignments()), BLIP);

        home.pass(Duration.ofMillis(900));
        assertThat(home.outbox.assignments)
                .as("before the first wait has passed")
                .isEmpty();
        home.restart();
        home.pass(Duration.ofMillis(200));
        TaskAssignment second = only(home.outbox.takeAssignments());
        assertThat(second.attempt()).isEqualTo(2);
        home.fail(second, BLIP);
        home.pass(Duration.ofMillis(1_900));
        assertThat(home.outbox.assignments)
                .as("before the second wait has passed")
                .isEmpty();
        home.pass(Duration.ofMillis(200));
        home.succeed(only(home.outbox.takeAssignments()));

        assertThat(only(home.outbox.events(TaskOutcome.class)).attempts()).isEqualTo(3);
        assertThat(home.store.timerCount()).as("timers left").isEqualTo(2);
        home.pass(Duration.ofHours(2));
        assertThat(home.store.timerCount())
                .as("timers left when the queue limit has passed")
                .isZero();
    }

    @Test
    void aRetryDueWhileTheWindowIsFullIsNotForgottenByARestart() {
        home.window = 1;
        submit(2, new RunOptions(null, null, null, null, null, new RetryPolicy(3, null, null, null, 0.0)));
        home.fail(only(home.outbox.takeAssignments()), BLIP);
        TaskAssignment other = only(home.outbox.takeAssignments());
        home.pass(Duration.ofSeconds(5));
        assertThat(home.outbox.assignments).as("no room").isEmpty();

        home.restart();
        home.tick();
        home.succeed(other);

        assertThat(only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
    }

    @Test
    void buriesATaskAfterItsLastFailureAndFailsTheRun() {
        submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(1, null, null, null, null)));
        home.fail(only(home.outbox.takeAssignments()), BLIP);

        assertThat(only(home.outbox.deadLetters).failure()).isEqualTo(BLIP);
        assertThat(completed().failures()).extracting(task -> task.status()).containsExactly(TaskStatus.FAILED);
    }

    @Test
    void failFastCancelsTheRest() {
        home.window = 10;
        submit(5_000, new RunOptions(null, null, null, null, FailurePolicy.FAIL_FAST, null));
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.permanent("BROKEN", "no"));
        home.work();

        assertThat(completed().counts().cancelled()).isEqualTo(4_999);
        assertThat(completed().counts().failed()).isEqualTo(1);
        assertThat(completed().failures()).hasSize(100);
        assertThat(home.outbox.controls).hasSize(1);
        assertThat(home.outbox.assignments)
                .as("nothing is dispatched after the stop")
                .isEmpty();
    }

    @Test
    void aCancelCountsAtOnceAndIsCarriedOutInSlicesAlsoAcrossARestart() {
        submit(5_000, null);
        home.outbox.takeAssignments();
        home.request(RUN, CancelRun.of(RUN, "enough"));
        home.succeed(assignment(3));
        home.restart();
        home.work();

        assertThat(completed().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(completed().counts().total()).isEqualTo(5_000);
        assertThat(home.outbox.events(TaskOutcome.class))
                .extracting(TaskOutcome::taskId)
                .doesNotHaveDuplicates()
                .hasSize(5_000);
        assertThat(home.outbox.assignments).isEmpty();
    }

    @Test
    void aCancelThatOvertakesItsSubmissionIsKeptForTenMinutes() {
        home.request(RUN, CancelRun.of(RUN, "too early"));
        home.pass(Duration.ofMinutes(9));
        submit(3, null);
        home.work();
        assertThat(completed().status()).isEqualTo(RunStatus.CANCELLED);

        RunId other = new RunId("other");
        home.request(other, CancelRun.of(other, "too early"));
        home.pass(Duration.ofMinutes(11));
        home.request(other, SubmitRun.single(other, "echo", Payload.NULL));
        assertThat(home.outbox.takeAssignments()).hasSize(1);
    }

    @Test
    void theSameSubmissionChangesNothingAndAnotherUnderItsNameIsRejected() {
        submit(2, null);
        submit(2, RunOptions.DEFAULTS);
        assertThat(home.ignored).containsExactly(IgnoreReason.DUPLICATE);

        submit(3, null);

        assertThat(only(home.outbox.events(RunRejected.class)).reason()).contains("runId: 'run-1' must be new");
        assertThat(home.outbox.takeAssignments()).hasSize(2);
    }

    @Test
    void ignoresWhatAnyoneButTheOwnerOfTheAttemptSays() {
        submit(1, null);
        TaskAssignment task = only(home.outbox.takeAssignments());
        home.report(new AttemptClaimed(task.taskId(), 1, "owner"));
        home.report(new AttemptClaimed(task.taskId(), 1, "other"));
        home.succeed(task);

        assertThat(home.outbox.events(TaskOutcome.class)).isEmpty();
        assertThat(home.ignored).containsExactly(IgnoreReason.NOT_OWNER, IgnoreReason.NOT_OWNER);
        assertThat(home.outbox.controls)
                .containsExactly(new StopAttempt(task.taskId(), 1, "other", "another worker owns the attempt"));
    }

    @Test
    void dispatchesAgainWhenTheOwnersHeartbeatsStop() {
        submit(1, null);
        claim(only(home.outbox.takeAssignments()));
        for (int i = 0; i < 20; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }
        assertThat(home.outbox.assignments).as("while its worker is heard of").isEmpty();

        home.pass(Home.LEASE.plusSeconds(3));

        assertThat(only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
    }

    @Test
    void aStandstillOfTheLogExpiresNobody() {
        submit(1, null);
        claim(only(home.outbox.takeAssignments()));
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
        submit(
                1,
                new RunOptions(
                        null, Duration.ofSeconds(30), null, null, null, new RetryPolicy(1, null, null, null, null)));
        claim(only(home.outbox.takeAssignments()));
        for (int i = 0; i < 14; i++) {
            home.heard.put(Home.WORKER, home.now);
            home.pass(Duration.ofSeconds(3));
        }

        assertThat(only(home.outbox.events(TaskOutcome.class)).status()).isEqualTo(TaskStatus.TIMED_OUT);
        assertThat(home.outbox.controls).hasAtLeastOneElementOfType(StopAttempt.class);
    }

    @Test
    void aTaskNobodyStartsTimesOutInTheQueue() {
        submit(300, new RunOptions(null, null, Duration.ofSeconds(16), null, null, null));
        home.work();
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        assertThat(sent).allSatisfy(task -> assertThat(task.startBy()).isEqualTo(home.now.plusSeconds(16)));
        home.succeed(sent.get(5));

        home.pass(Duration.ofSeconds(33));
        home.work();

        assertThat(completed().counts().timedOut()).isEqualTo(299);
        assertThat(completed().counts().succeeded()).isEqualTo(1);
    }

    @Test
    void aDispatchNeverHeardOfIsDispatchedAgain() {
        submit(1, null);
        assertThat(only(home.outbox.takeAssignments()).attempt()).isEqualTo(1);

        home.pass(Duration.ofMinutes(65));
        home.work();
        assertThat(only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
        home.pass(Duration.ofMinutes(65));
        home.work();

        assertThat(only(home.outbox.takeAssignments()).attempt()).isEqualTo(3);
    }

    @Test
    void aReleasedAttemptIsDispatchedAtOnceAndCountsNoFailure() {
        submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(1, null, null, null, null)));
        TaskAssignment first = only(home.outbox.takeAssignments());
        home.report(new AttemptReleased(first.taskId(), 1, Home.WORKER, ReleaseReason.DRAIN));
        home.tick();

        TaskAssignment second = only(home.outbox.takeAssignments());
        assertThat(second.attempt()).isEqualTo(2);
        home.succeed(second);
        assertThat(completed().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void theDeadlineEndsWhatIsLeft() {
        submit(10, new RunOptions(null, null, null, Duration.ofSeconds(60), null, null));
        home.succeed(home.outbox.takeAssignments().getFirst());
        home.pass(Duration.ofSeconds(60));
        home.work();

        assertThat(completed().status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(completed().counts().timedOut()).isEqualTo(9);
        assertThat(completed().failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.DEADLINE));
        assertThat(home.outbox.deadLetters)
                .as("a deadline is no failure of the tasks")
                .isEmpty();
    }

    @Test
    void takesChunksInAnyOrderAndChecksTheSeal() {
        home.request(RUN, new SubmitRun(RUN, "echo", null, null, null, null, true));
        AppendTasks first = new AppendTasks(RUN, 1, specs(250));
        AppendTasks second = new AppendTasks(RUN, 2, specs(10));
        String digest = ContentHash.chain(ContentHash.chain("", Json.write(first)), Json.write(second));
        home.request(RUN, second);
        home.request(RUN, second);
        assertThat(home.outbox.assignments).isEmpty();
        home.request(RUN, new SealRun(RUN, 2, 260, digest));
        home.request(RUN, first);
        home.request(RUN, first);
        home.work();
        finishAll();

        assertThat(completed().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(completed().tasks()).isEqualTo(260);
        assertThat(home.ignored).containsExactly(IgnoreReason.DUPLICATE, IgnoreReason.DUPLICATE);
    }

    @Test
    void anOpenRunWithoutNewsFailsAfterTenMinutes() {
        home.request(RUN, new SubmitRun(RUN, "echo", null, null, specs(2), null, true));
        home.pass(Duration.ofMinutes(9));
        home.request(RUN, new AppendTasks(RUN, 1, specs(1)));
        home.pass(Duration.ofMinutes(9));
        assertThat(home.outbox.events).isEmpty();

        home.pass(Duration.ofMinutes(1));
        home.work();

        assertThat(completed().failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_SEALED));
        assertThat(completed().counts().cancelled()).isEqualTo(3);
    }

    @Test
    void anOpenRunThatIsNeverSealedHasFailedEvenIfAllThatCameSucceeded() {
        home.request(RUN, new SubmitRun(RUN, "echo", null, null, specs(2), null, true));
        finishAll();
        home.pass(Duration.ofMinutes(10));

        assertThat(completed().status()).isEqualTo(RunStatus.FAILED);
        assertThat(completed().counts().succeeded()).isEqualTo(2);
    }

    @Test
    void reportsOfATaskNeverDispatchedSkipNothing() {
        home.window = 10;
        submit(1_000, null);
        home.report(new AttemptSucceeded(new TaskId(RUN, 500), 0, Home.WORKER, Payload.NULL, Duration.ZERO));
        finishAll();

        assertThat(completed().counts().succeeded()).isEqualTo(1_000);
        assertThat(home.ignored).containsExactly(IgnoreReason.UNKNOWN_ATTEMPT);
    }

    @Test
    void takesTurnsBetweenTasksOfManyPools() {
        List<TaskSpec> tasks = new ArrayList<>();
        for (String pool : List.of("default", "gpu", "cpu", "default", "cpu", "gpu")) {
            tasks.addAll(Collections.nCopies(5, new TaskSpec("echo", Payload.NULL, pool, null)));
        }
        home.window = 3;
        home.request(RUN, SubmitRun.batch(RUN, tasks, null));
        home.request(new RunId("other"), SubmitRun.batch(new RunId("other"), tasks, null));
        finishAll();

        assertThat(completed().counts().succeeded()).isEqualTo(30);
    }

    @Test
    void aRestartInTheMiddleLosesAndRepeatsNothing() {
        home.window = 50;
        submit(1_000, null);
        List<TaskAssignment> all = new ArrayList<>();
        List<TaskAssignment> inFlight = new ArrayList<>(home.outbox.takeAssignments());
        for (int step = 0; !inFlight.isEmpty(); step++) {
            TaskAssignment task = inFlight.removeFirst();
            all.add(task);
            home.succeed(task);
            if (step % 97 == 0) {
                home.restart();
            }
            inFlight.addAll(home.outbox.takeAssignments());
        }

        assertThat(all)
                .extracting(TaskAssignment::taskId)
                .doesNotHaveDuplicates()
                .hasSize(1_000);
        assertThat(completed().counts().succeeded()).isEqualTo(1_000);
    }

    private void submit(int tasks, @Nullable RunOptions options) {
        home.request(RUN, SubmitRun.batch(RUN, specs(tasks), options));
    }

    private static List<TaskSpec> specs(int tasks) {
        return Collections.nCopies(tasks, TaskSpec.of("echo", Payload.NULL));
    }

    private void claim(TaskAssignment task) {
        home.report(new AttemptClaimed(task.taskId(), task.attempt(), Home.WORKER));
    }

    private TaskAssignment assignment(int index) {
        return new TaskAssignment(new TaskId(RUN, index), 1, 1, "echo", Payload.NULL, Duration.ofMinutes(10), null);
    }

    private void finishAll() {
        for (List<TaskAssignment> sent = home.outbox.takeAssignments();
                !sent.isEmpty();
                sent = home.outbox.takeAssignments()) {
            sent.forEach(home::succeed);
        }
    }

    private RunCompleted completed() {
        return only(home.outbox.events(RunCompleted.class).stream()
                .filter(event -> event.runId().equals(RUN))
                .toList());
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
