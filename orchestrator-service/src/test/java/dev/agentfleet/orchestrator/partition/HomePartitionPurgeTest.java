package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Finished runs are forgotten when their retention has passed. */
class HomePartitionPurgeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Home home = new Home();

    @Test
    void keepsARunForItsRetentionAndThenNothingOfIt() {
        home.submit(3, null);
        home.finishAll();
        assertThat(home.keepsRuns()).isTrue();

        afterwards(Home.RETENTION.minus(MINUTE));
        long before = home.store.entriesOf(Home.RUN);
        afterwards(MINUTE.multipliedBy(2));

        assertThat(before).as("record, list entry, page, tasks").isEqualTo(6);
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
        assertThat(home.keepsRuns()).isFalse();
        assertThat(home.awaitsTime()).isFalse();
        assertThat(home.hasBacklog()).isFalse();
        assertThat(home.outbox.retracted).as("nothing was told to workers").isEmpty();
        assertThat(home.outbox.budgetRequests).as("it has no budget").isEmpty();
    }

    @Test
    void theAttemptsOfARunCarryItsBudgetAndItsOwnerIsToldWhenTheRunIsPurged() {
        RunBudget budget = new RunBudget(1_000L, null);
        home.submit(1, RunOptions.DEFAULTS.within(budget));

        assertThat(home.outbox.assignments).extracting(TaskAssignment::budget).containsExactly(budget);
        home.finishAll();
        afterwards(Home.RETENTION.minus(MINUTE));
        assertThat(home.outbox.budgetRequests).isEmpty();
        afterwards(MINUTE.multipliedBy(2));
        assertThat(home.outbox.budgetRequests).containsExactly(new ForgetBudget(Home.RUN));
    }

    @Test
    void costsNeitherTimersNorWritesWhileItIsKept() {
        home.submit(3, null);
        home.finishAll();
        int listings = home.store.listings();

        afterwards(Duration.ofDays(6));

        assertThat(home.store.timerCount()).isZero();
        assertThat(home.store.listings()).isEqualTo(listings);
        assertThat(home.awaitsTime()).isFalse();
    }

    @Test
    void deletesALargeRunInSlicesAcrossRestartsBesideOtherWork() {
        home.submit(5_000, null);
        finishAllOf(5_000);
        home.now = home.now.plus(Home.RETENTION);
        home.tick();
        home.workOnce();
        home.workOnce();
        long left = home.store.entriesOf(Home.RUN);

        home.restart();
        assertThat(home.hasBacklog()).isTrue();
        assertThat(home.awaitsTime()).isTrue();
        home.request(new RunId("other"), SubmitRun.batch(new RunId("other"), Home.specs(1), null));
        int sent = home.outbox.takeAssignments().size();
        work();

        assertThat(left).isBetween(2_900L, 4_100L);
        assertThat(sent).as("another run's task, at once").isEqualTo(1);
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
        assertThat(home.store.mostDeleted()).isLessThanOrEqualTo(1_000);
        assertThat(home.hasBacklog()).isFalse();
    }

    @Test
    void deletesEarlierOutcomesAndEarlyChunksToo() {
        home.submit(2, null);
        home.outbox.takeAssignments().forEach(task -> home.fail(task, Failure.permanent("BROKEN", "no use")));
        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, null, null));
        home.work();
        home.tick();
        home.finishAll();
        RunId open = new RunId("open");
        home.request(open, new SubmitRun(open, "echo", null, null, null, null, true));
        home.request(open, new AppendTasks(open, 1, List.of(TaskSpec.of("echo", Payload.NULL))));
        home.request(open, new AppendTasks(open, 3, List.of(TaskSpec.of("echo", Payload.NULL))));
        home.request(open, CancelRun.of(open, "enough"));
        home.work();
        assertThat(home.store.outcomes).hasSize(2);
        assertThat(home.store.entriesOf(open))
                .as("record, list, page, task, 2 hashes, chunk")
                .isEqualTo(7);

        afterwards(Home.RETENTION.plus(MINUTE));

        assertThat(home.store.entriesOf(Home.RUN)).isZero();
        assertThat(home.store.entriesOf(open)).isZero();
        assertThat(home.outbox.retracted).containsExactlyInAnyOrder(Home.RUN, open);
    }

    @Test
    void aRedriveKeepsTheRunForAnotherRetention() {
        home.submit(1, null);
        home.finishAll();
        afterwards(Home.RETENTION.minus(MINUTE));
        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, null, null));
        home.work();
        assertThat(home.outbox.events(RunCompleted.class)).hasSize(2);

        afterwards(Home.RETENTION.minus(MINUTE));
        long before = home.store.entriesOf(Home.RUN);
        afterwards(MINUTE.multipliedBy(2));

        assertThat(before).isEqualTo(4);
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
    }

    @Test
    void aRunThatIsPurgedIsUnknownToReportsAndRedrivesAndStillHoldsItsName() {
        home.submit(2_000, null);
        List<TaskAssignment> tasks = finishAllOf(2_000);
        home.now = home.now.plus(Home.RETENTION);
        home.tick();
        home.workOnce();
        home.ignored.clear();
        home.outbox.events.clear();

        home.succeed(tasks.getFirst());
        home.submit(2_000, null);
        home.submit(1, null);
        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, null, null));
        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));

        assertThat(home.ignored)
                .containsExactly(IgnoreReason.UNKNOWN_TASK, IgnoreReason.DUPLICATE, IgnoreReason.NOT_APPLICABLE);
        assertThat(home.outbox.events)
                .extracting(event -> ((RunRejected) event).reason())
                .satisfiesExactly(
                        other -> assertThat(other).contains("other content"),
                        redrive -> assertThat(redrive).contains("is purged"));
        work();
        home.succeed(tasks.getFirst());
        assertThat(home.ignored).endsWith(IgnoreReason.UNKNOWN_TASK);
    }

    @Test
    void anotherRunOfTheSameNameIsANewOneAndSeesNoOldPages() {
        home.request(Home.RUN, SubmitRun.batch(Home.RUN, inputs(250, "\"old\""), null));
        finishAllOf(250);
        afterwards(Home.RETENTION.plus(MINUTE));

        // Its second page begins where the old ones had none, and reaches into what an old one held.
        home.request(Home.RUN, new SubmitRun(Home.RUN, null, null, null, inputs(50, "\"new\""), null, true));
        home.request(Home.RUN, new AppendTasks(Home.RUN, 1, inputs(70, "\"new\"")));
        home.request(Home.RUN, new SealRun(Home.RUN, 1, 120, null));
        home.work();
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        sent.forEach(home::succeed);

        assertThat(sent).hasSize(120).allSatisfy(task -> {
            assertThat(task.attempt()).isEqualTo(1);
            assertThat(task.input()).isEqualTo(new Payload("\"new\""));
        });
        assertThat(home.outbox.events(RunCompleted.class).getLast().tasks()).isEqualTo(120);
        assertThat(home.outbox.events(RunRejected.class)).isEmpty();
    }

    @Test
    void timersLeftByAPurgedRunDoNothingToTheNextOfItsName() {
        Duration days = Home.RETENTION.plusDays(2);
        var options =
                new RunOptions(null, null, days, Duration.ofDays(60), null, new RetryPolicy(3, days, days, 1.0, 0.0));
        home.submit(2, options);
        List<TaskAssignment> tasks = home.outbox.takeAssignments();
        home.fail(tasks.getFirst(), Failure.retryable("FLAKY", "again"));
        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));
        home.work();
        afterwards(Home.RETENTION.plus(MINUTE));
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
        assertThat(home.store.timerCount()).as("the retry").isEqualTo(1);

        home.submit(2, options);
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.retryable("FLAKY", "again"));
        afterwards(Duration.ofDays(3));

        assertThat(home.outbox.takeAssignments())
                .as("its own retry is due later")
                .isEmpty();
        assertThat(home.store.timerCount()).isEqualTo(1);
    }

    @Test
    void aQueueTimerLeftByAPurgedRunTimesNoTaskOfTheNextOut() {
        Duration days = Home.RETENTION.plusDays(2);
        var options = new RunOptions(
                null, null, days, Duration.ofDays(60), null, new RetryPolicy(3, MINUTE, MINUTE, 1.0, 0.0));
        failOnceAndDispatchAgain(options);
        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));
        home.work();
        afterwards(Home.RETENTION.plus(MINUTE));
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
        home.outbox.events.clear();

        failOnceAndDispatchAgain(options);
        afterwards(Duration.ofDays(3));

        assertThat(home.outbox.events(TaskOutcome.class)).isEmpty();
        assertThat(home.store.listed(RunStatus.RUNNING)).containsExactly(Home.RUN);
    }

    @Test
    void looksAtTheOldestRunsOnlyAndNotAgainAtWhatItPurged() {
        for (int run = 0; run < 300; run++) {
            finishOne("old-" + run);
        }
        home.now = home.now.plus(Duration.ofDays(6));
        for (int run = 0; run < 500; run++) {
            finishOne("new-" + run);
        }
        int before = home.store.endedReads();
        home.now = home.now.plus(Duration.ofDays(1));
        home.tick();
        home.workOnce();
        int firstStep = home.store.endedReads() - before;
        work();
        int all = home.store.endedReads() - before;
        afterwards(Duration.ofHours(12));

        assertThat(firstStep).isBetween(100, 101);
        assertThat(all).as("each of the 300 and a few neighbours").isBetween(300, 310);
        assertThat(home.store.endedReads() - before)
                .as("nothing more until the next can be due")
                .isEqualTo(all);
        assertThat(home.store.listed(RunStatus.SUCCEEDED)).hasSize(500);
    }

    @Test
    void findsALongRunThatEndsBehindThoseItHasSeen() {
        RunId longRun = new RunId("long");
        home.request(
                longRun,
                SubmitRun.batch(
                        longRun, Home.specs(1), new RunOptions(null, null, null, Duration.ofDays(60), null, null)));
        home.outbox.takeAssignments();
        home.now = home.now.plus(MINUTE);
        finishOne("short");
        home.now = home.now.plus(Duration.ofDays(5));
        finishOne("kept");
        afterwards(Duration.ofDays(3));
        assertThat(home.store.entriesOf(new RunId("short"))).isZero();
        assertThat(home.store.entriesOf(new RunId("kept"))).isPositive();

        // Not heard of in the meantime, and so dispatched again.
        home.succeed(Home.only(home.outbox.takeAssignments()));
        afterwards(Home.RETENTION.minus(MINUTE));
        long before = home.store.entriesOf(longRun);
        afterwards(MINUTE.multipliedBy(2));

        assertThat(before).isPositive();
        assertThat(home.store.entriesOf(longRun)).isZero();
    }

    @Test
    void goesOnCountingAfterARestart() {
        home.submit(1, null);
        home.finishAll();
        Instant ended = home.now;
        afterwards(Duration.ofDays(3));

        home.restart();

        assertThat(home.keepsRuns()).isTrue();
        afterwards(Duration.between(home.now, ended.plus(Home.RETENTION).plus(MINUTE)));
        assertThat(home.store.entriesOf(Home.RUN)).isZero();
    }

    private void finishOne(String name) {
        RunId id = new RunId(name);
        home.request(id, SubmitRun.batch(id, Home.specs(1), null));
        home.finishAll();
    }

    private void failOnceAndDispatchAgain(RunOptions options) {
        home.submit(1, options);
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.retryable("FLAKY", "again"));
        home.now = home.now.plus(MINUTE.multipliedBy(2));
        home.tick();
        assertThat(home.outbox.takeAssignments()).hasSize(1);
    }

    private static List<TaskSpec> inputs(int tasks, String json) {
        return Home.specs(tasks).stream()
                .map(task -> TaskSpec.of(Objects.requireNonNull(task.agent()), new Payload(json)))
                .toList();
    }

    /** Returns the assignments. */
    private List<TaskAssignment> finishAllOf(int tasks) {
        home.window = tasks;
        home.work();
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        assertThat(sent).hasSize(tasks);
        sent.forEach(home::succeed);
        return sent;
    }

    /** So much later; everything that is due is done. */
    private void afterwards(Duration time) {
        home.now = home.now.plus(time);
        home.tick();
        work();
        // What was found due too early to be looked at again is looked at a minute later.
        home.tick();
        work();
    }

    private void work() {
        for (int step = 0; step < 1_000 && home.hasBacklog(); step++) {
            home.workOnce();
        }
    }
}
