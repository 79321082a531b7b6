package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunDigest;
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
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs and tasks on one home partition, time standing still. */
class HomePartitionTest {

    private static final Failure BLIP = Failure.retryable("BLIP", "try again");

    private final Home home = new Home();

    @Test
    void runsASingleTaskToItsOutcomeAndCompletion() {
        home.request(Home.RUN, SubmitRun.single(Home.RUN, "echo", new Payload("{\"text\":\"hi\"}")));
        home.succeed(Home.only(home.outbox.takeAssignments()));

        assertThat(home.outbox.events).hasSize(2);
        assertThat(Home.only(home.outbox.events(TaskOutcome.class)).output())
                .isEqualTo(new Payload("{\"text\":\"hi\"}"));
        assertThat(Home.only(home.outbox.events(RunCompleted.class)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(home.awaitsTime()).as("nothing is left to wait for").isFalse();
    }

    @Test
    void aShortTaskCostsTwoTaskWritesAndNoTimer() {
        home.submit(1_000, null);
        home.work();
        home.finishAll();

        assertThat(home.store.taskWrites()).isEqualTo(2_000);
        assertThat(home.store.timerCount()).isZero();
        assertThat(home.completed().counts().succeeded()).isEqualTo(1_000);
    }

    @Test
    void addsUpTheCostOfEveryAttemptOfARun() {
        home.submit(3, new RunOptions(null, null, null, null, null, new RetryPolicy(1, null, null, null, null)));
        List<TaskAssignment> tasks = home.outbox.takeAssignments();

        home.report(new AttemptSucceeded(
                tasks.get(0).taskId(), 1, Home.WORKER, Payload.NULL, Duration.ZERO, new Cost(10, 1, 1)));
        home.report(new AttemptFailed(
                tasks.get(1).taskId(), 1, Home.WORKER, BLIP, false, Duration.ZERO, new Cost(20, 2, 2)));
        home.succeed(tasks.get(2));

        assertThat(home.completed().cost()).isEqualTo(new Cost(30, 3, 3));
        assertThat(home.completed().work())
                .isEqualTo(Work.of(
                        new Effort(2, Duration.ofMillis(3), new Cost(10, 1, 1)),
                        Map.of(WasteCause.FAILED, new Effort(1, Duration.ZERO, new Cost(20, 2, 2)))));
        assertThat(home.outbox.events(TaskOutcome.class))
                .extracting(TaskOutcome::cost)
                .containsExactly(new Cost(10, 1, 1), new Cost(20, 2, 2), null);
    }

    @Test
    void neverHasMoreInFlightThanTheRunsConcurrency() {
        home.submit(100, new RunOptions(7, null, null, null, null, null));

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
        assertThat(home.completed().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void keepsNoMoreThanTheWindowInKafkaAndTakesTurnsBetweenRuns() {
        home.window = 20;
        home.submit(1_000, null);
        assertThat(home.outbox.takeAssignments()).hasSize(20);
        RunId late = new RunId("late");
        home.request(late, SubmitRun.single(late, "echo", Payload.NULL));
        assertThat(home.outbox.assignments).as("the window is full").isEmpty();

        for (int i = 0; i < 16; i++) {
            home.succeed(Home.assignment(i));
        }

        assertThat(home.outbox.takeAssignments())
                .extracting(task -> task.taskId().runId())
                .as("the newcomer comes within two turns")
                .contains(late);
    }

    @Test
    void whatIsClaimedTakesNoPlaceInTheWindowAlsoAcrossARestart() {
        home.window = 10;
        home.submit(50, null);
        for (int round = 0; round < 2; round++) {
            List<TaskAssignment> sent = home.outbox.takeAssignments();
            assertThat(sent).hasSize(10);
            sent.forEach(home::claim);
        }
        List<TaskAssignment> unclaimed = home.outbox.takeAssignments();
        assertThat(unclaimed).hasSize(10);

        home.restart();
        home.work();

        assertThat(home.outbox.assignments).as("ten lie in Kafka").isEmpty();
        assertThat(home.load().pools().get("default"))
                .isEqualTo(new HomeLoad.PoolLoad(20, home.now, 30, 20, 20, home.now));
        unclaimed.forEach(home::succeed);
        assertThat(home.outbox.assignments).hasSize(10);
    }

    @Test
    void buriesATaskAfterItsLastFailureAndFailsTheRun() {
        home.submit(1, new RunOptions(null, null, null, null, null, new RetryPolicy(1, null, null, null, null)));
        home.fail(Home.only(home.outbox.takeAssignments()), BLIP);

        assertThat(Home.only(home.outbox.deadLetters).failure()).isEqualTo(BLIP);
        assertThat(home.completed().failures())
                .extracting(task -> task.status())
                .containsExactly(TaskStatus.FAILED);
    }

    @Test
    void listsARunUnderItsStatusWithOneMoveInItsLife() {
        home.submit(10, null);
        assertThat(home.store.listed(RunStatus.RUNNING)).containsExactly(Home.RUN);

        home.finishAll();

        assertThat(home.store.listed(RunStatus.RUNNING)).isEmpty();
        assertThat(home.store.listed(RunStatus.SUCCEEDED)).containsExactly(Home.RUN);
        assertThat(home.store.listings()).isEqualTo(2);
    }

    @Test
    void failFastCancelsTheRest() {
        home.window = 10;
        home.submit(5_000, new RunOptions(null, null, null, null, FailurePolicy.FAIL_FAST, null));
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.permanent("BROKEN", "no"));
        home.work();

        assertThat(home.completed().counts().cancelled()).isEqualTo(4_999);
        assertThat(home.completed().counts().failed()).isEqualTo(1);
        assertThat(home.completed().failures()).hasSize(100);
        assertThat(home.outbox.controls).hasSize(1);
        assertThat(home.outbox.assignments)
                .as("nothing is dispatched after the stop")
                .isEmpty();
    }

    @Test
    void aCancelCountsAtOnceAndIsCarriedOutInSlicesAlsoAcrossARestart() {
        home.submit(5_000, null);
        home.outbox.takeAssignments();
        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));
        home.succeed(Home.assignment(3));
        home.restart();
        home.work();

        assertThat(home.completed().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(home.completed().counts().total()).isEqualTo(5_000);
        assertThat(home.outbox.events(TaskOutcome.class))
                .extracting(TaskOutcome::taskId)
                .doesNotHaveDuplicates()
                .hasSize(5_000);
        assertThat(home.outbox.assignments).isEmpty();
    }

    @Test
    void theSameSubmissionChangesNothingAndAnotherUnderItsNameIsRejected() {
        home.submit(2, null);
        home.submit(2, RunOptions.DEFAULTS);
        assertThat(home.ignored).containsExactly(IgnoreReason.DUPLICATE);

        home.submit(3, null);

        assertThat(Home.only(home.outbox.events(RunRejected.class)).reason()).contains("runId: 'run-1' must be new");
        assertThat(home.outbox.takeAssignments()).hasSize(2);
    }

    @Test
    void ignoresWhatAnyoneButTheOwnerOfTheAttemptSays() {
        home.submit(1, null);
        TaskAssignment task = Home.only(home.outbox.takeAssignments());
        home.report(new AttemptClaimed(task.taskId(), 1, "owner"));
        home.report(new AttemptClaimed(task.taskId(), 1, "other"));
        home.succeed(task);

        assertThat(home.outbox.events(TaskOutcome.class)).isEmpty();
        assertThat(home.ignored).containsExactly(IgnoreReason.NOT_OWNER, IgnoreReason.NOT_OWNER);
        assertThat(home.outbox.controls)
                .containsExactly(new StopAttempt(task.taskId(), 1, "other", "another worker owns the attempt"));
    }

    @Test
    void takesChunksInAnyOrderAndChecksTheSeal() {
        home.request(Home.RUN, new SubmitRun(Home.RUN, "echo", null, null, null, null, true));
        AppendTasks first = new AppendTasks(Home.RUN, 1, Home.specs(250));
        AppendTasks second = new AppendTasks(Home.RUN, 2, Home.specs(10));
        String digest =
                RunDigest.EMPTY.plus(Json.write(first)).plus(Json.write(second)).hex();
        home.request(Home.RUN, second);
        home.request(Home.RUN, second);
        assertThat(home.outbox.assignments).isEmpty();
        home.request(Home.RUN, new SealRun(Home.RUN, 2, 260, digest));
        home.request(Home.RUN, first);
        home.request(Home.RUN, first);
        home.work();
        home.finishAll();

        assertThat(home.completed().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(home.completed().tasks()).isEqualTo(260);
        assertThat(home.ignored).containsExactly(IgnoreReason.DUPLICATE, IgnoreReason.DUPLICATE);
    }

    @Test
    void reportsOfATaskNeverDispatchedSkipNothing() {
        home.window = 10;
        home.submit(1_000, null);
        home.report(new AttemptSucceeded(new TaskId(Home.RUN, 500), 0, Home.WORKER, Payload.NULL, Duration.ZERO));
        home.finishAll();

        assertThat(home.completed().counts().succeeded()).isEqualTo(1_000);
        assertThat(home.ignored).containsExactly(IgnoreReason.UNKNOWN_ATTEMPT);
    }

    @Test
    void takesTurnsBetweenTasksOfManyPools() {
        List<TaskSpec> tasks = new ArrayList<>();
        for (String pool : List.of("default", "gpu", "cpu", "default", "cpu", "gpu")) {
            tasks.addAll(Collections.nCopies(5, new TaskSpec("echo", Payload.NULL, pool, null)));
        }
        home.window = 3;
        home.request(Home.RUN, SubmitRun.batch(Home.RUN, tasks, null));
        home.request(new RunId("other"), SubmitRun.batch(new RunId("other"), tasks, null));
        home.finishAll();

        assertThat(home.completed().counts().succeeded()).isEqualTo(30);
    }

    @Test
    void aRestartInTheMiddleLosesAndRepeatsNothing() {
        home.window = 50;
        home.submit(1_000, null);
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
        assertThat(home.completed().counts().succeeded()).isEqualTo(1_000);
    }
}
