package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks of a finished run done again. */
class HomePartitionRedriveTest {

    private static final Failure BROKEN = Failure.permanent("BROKEN", "no use");
    private static final Failure MISSING = Failure.permanent("MISSING", "not there");

    private final Home home = new Home();

    @Test
    void doesTheFailedTasksAgainAndKeepsTheirEarlierOutcomes() {
        finish(10, 4, BROKEN);

        redrive(2, null, null, null);
        goOn();
        List<TaskAssignment> again = home.outbox.takeAssignments();
        again.forEach(home::succeed);

        assertThat(again).hasSize(4).allMatch(task -> task.revision() == 2 && task.attempt() == 2);
        assertThat(home.store.outcomes.values())
                .hasSize(4)
                .allMatch(outcome -> outcome.status() == TaskStatus.FAILED && outcome.revision() == 1);
        List<RunCompleted> completions = home.outbox.events(RunCompleted.class);
        assertThat(completions).extracting(RunCompleted::revision).containsExactly(1, 2);
        assertThat(completions).extracting(RunCompleted::status).containsExactly(RunStatus.FAILED, RunStatus.SUCCEEDED);
        assertThat(completions.getLast().counts().succeeded()).isEqualTo(10);
        assertThat(completions.getLast().failures()).isEmpty();
        assertThat(completions.getLast().work())
                .as("of both revisions")
                .isEqualTo(Work.of(
                        new Effort(10, Duration.ofMillis(30), null),
                        Map.of(WasteCause.FAILED, new Effort(4, Duration.ofMillis(12), null))));
    }

    @Test
    void takesOnlyWhatTheFilterMeansAndNoMoreThanTheMost() {
        home.submit(6, null);
        List<TaskAssignment> tasks = home.outbox.takeAssignments();
        tasks.forEach(task -> home.fail(task, task.taskId().index() % 2 == 0 ? BROKEN : MISSING));

        redrive(2, new RedriveFilter(null, Set.of("MISSING"), null), null, 2);
        goOn();

        assertThat(home.outbox.takeAssignments())
                .extracting(task -> task.taskId().index())
                .containsExactly(1, 3);
    }

    @Test
    void takesThemUpNoFasterThanAskedAlsoAcrossARestart() {
        finish(100, 100, BROKEN);

        redrive(2, null, 10, null);
        goOn();
        assertThat(home.outbox.takeAssignments()).hasSize(1);
        home.pass(Duration.ofSeconds(2));
        goOn();
        assertThat(home.outbox.takeAssignments()).hasSize(20);

        home.restart();
        home.pass(Duration.ofSeconds(3));
        goOn();

        assertThat(home.outbox.takeAssignments().stream()
                        .filter(task -> task.taskId().index() > 20))
                .hasSize(30);
        assertThat(home.awaitsTime()).isTrue();
    }

    @Test
    void changesNothingWhenItIsSentAgainAndRefusesWhatDoesNotFit() {
        finish(3, 3, BROKEN);
        redrive(2, null, null, null);
        goOn();
        int sent = home.outbox.takeAssignments().size();

        redrive(2, null, null, null);
        redrive(2, null, 5, null);
        redrive(3, null, null, null);
        goOn();

        assertThat(sent).isEqualTo(3);
        assertThat(home.outbox.takeAssignments()).isEmpty();
        assertThat(home.outbox.events(RunRejected.class))
                .extracting(RunRejected::reason)
                .satisfiesExactly(
                        other -> assertThat(other).contains("another request"),
                        early -> assertThat(early).contains("must name a run that has ended"));
    }

    @Test
    void aRevisionWithNothingToDoEndsAtOnce() {
        finish(3, 0, BROKEN);

        redrive(null, null, null, null);
        goOn();

        assertThat(home.outbox.events(RunCompleted.class))
                .extracting(RunCompleted::revision, RunCompleted::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, RunStatus.SUCCEEDED),
                        org.assertj.core.groups.Tuple.tuple(2, RunStatus.SUCCEEDED));
    }

    @Test
    void aCancelEndsTheRevisionAndLeavesTheTasksNotTakenUpAsTheyWere() {
        finish(100, 100, BROKEN);
        redrive(2, null, 1, null);
        goOn();

        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));
        goOn();

        RunCompleted end = home.outbox.events(RunCompleted.class).getLast();
        assertThat(end.revision()).isEqualTo(2);
        assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(end.counts().cancelled()).isEqualTo(1);
        assertThat(end.counts().failed()).isEqualTo(99);
    }

    @Test
    void buriesWhatFailsAgainUnderItsRevision() {
        finish(1, 1, BROKEN);
        redrive(2, null, null, null);
        goOn();

        home.outbox.takeAssignments().forEach(task -> home.fail(task, BROKEN));

        assertThat(home.outbox.deadLetters).extracting(DeadLetter::revision).containsExactly(1, 2);
        assertThat(home.outbox.events(TaskOutcome.class))
                .extracting(TaskOutcome::revision)
                .containsExactly(1, 2);
    }

    @Test
    void aTaskThatWasNeverDispatchedBeforeIsMissedWhenItIsNotHeardOf() {
        home.window = 0;
        home.submit(1, new RunOptions(null, null, null, Duration.ofMinutes(1), null, null));
        home.pass(Duration.ofMinutes(2));
        goOn();
        home.window = 10;

        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, null, null));
        goOn();
        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(1);
        int timers = home.store.timerCount();

        assertThat(timers).as("its queue timer").isEqualTo(1);
    }

    @Test
    void takesUpNoMoreThanAThousandAheadOfTheWindow() {
        home.window = 10;
        home.submit(3_000, null);
        home.work();
        for (List<TaskAssignment> sent = home.outbox.takeAssignments();
                !sent.isEmpty();
                sent = home.outbox.takeAssignments()) {
            sent.forEach(task -> home.fail(task, BROKEN));
        }

        redrive(2, null, null, null);
        goOn();
        goOn();

        assertThat(home.load().backingOff()).isBetween(900, 1_000);
    }

    @Test
    void waitsForItsStartAndTakesUpFromThere() {
        finish(10, 10, BROKEN);
        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, 1, null, Duration.ofSeconds(20)));

        home.pass(Duration.ofSeconds(10));
        home.restart();
        home.pass(Duration.ofSeconds(9));
        goOn();
        assertThat(home.outbox.takeAssignments()).isEmpty();
        assertThat(home.load().backingOff()).isZero();

        home.pass(Duration.ofSeconds(1));
        goOn();
        assertThat(home.outbox.takeAssignments()).hasSize(1);
        home.pass(Duration.ofSeconds(3));
        goOn();
        assertThat(home.outbox.takeAssignments()).hasSize(3);
    }

    @Test
    void aCancelBeforeItsStartEndsTheRevisionWithEverythingAsItWas() {
        finish(500, 300, BROKEN);
        home.request(Home.RUN, new RedriveTasks(Home.RUN, 2, null, null, null, Duration.ofSeconds(20)));

        home.request(Home.RUN, CancelRun.of(Home.RUN, "enough"));
        goOn();

        RunCompleted end = home.outbox.events(RunCompleted.class).getLast();
        assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(failedIndexes(end)).containsExactlyElementsOf(range(0, 100));
        assertThat(home.outbox.takeAssignments()).isEmpty();
        assertThat(home.awaitsTime()).isFalse();
    }

    @Test
    void tellsTheFirstFailuresAlsoOfTasksThatWereLeftAsTheyWere() {
        home.submit(400, null);
        home.work();
        home.outbox.takeAssignments().reversed().forEach(task -> home.fail(task, codeOf(task)));
        assertThat(failedIndexes(home.completed()))
                .containsExactlyElementsOf(range(300, 400).reversed());

        redrive(2, new RedriveFilter(null, Set.of("MISSING"), null), null, null);
        goOn();
        home.tick();
        home.tick();
        home.tick();
        home.finishAll();

        RunCompleted end = home.outbox.events(RunCompleted.class).getLast();
        assertThat(end.revision()).isEqualTo(2);
        assertThat(end.counts().failed()).isEqualTo(200);
        assertThat(failedIndexes(end))
                .containsExactlyElementsOf(
                        range(0, 200).stream().filter(index -> index % 2 == 0).toList());
    }

    @Test
    void looksOnForFailuresBeyondTheMostThatItTakesUp() {
        home.submit(600, null);
        home.work();
        home.outbox.takeAssignments().forEach(task -> {
            if (task.taskId().index() < 5 || task.taskId().index() >= 550) {
                home.fail(task, BROKEN);
            } else {
                home.succeed(task);
            }
        });

        redrive(2, null, null, 3);
        goOn();
        List<TaskAssignment> again = home.outbox.takeAssignments();
        home.restart();
        home.fail(again.getLast(), MISSING);
        home.succeed(again.get(0));
        home.succeed(again.get(1));
        goOn();

        RunCompleted end = home.outbox.events(RunCompleted.class).getLast();
        assertThat(again).hasSize(3);
        assertThat(end.revision()).isEqualTo(2);
        assertThat(end.counts().failed()).isEqualTo(53);
        List<Integer> expected = new ArrayList<>(List.of(2, 3, 4));
        expected.addAll(range(550, 600));
        assertThat(failedIndexes(end)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Failure codeOf(TaskAssignment task) {
        return task.taskId().index() % 2 == 0 ? BROKEN : MISSING;
    }

    private static List<Integer> failedIndexes(RunCompleted end) {
        return end.failures().stream().map(failure -> failure.taskId().index()).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private void finish(int tasks, int failing, Failure failure) {
        home.submit(tasks, null);
        home.work();
        for (List<TaskAssignment> sent = home.outbox.takeAssignments();
                !sent.isEmpty();
                sent = home.outbox.takeAssignments()) {
            for (TaskAssignment task : sent) {
                if (task.taskId().index() < failing) {
                    home.fail(task, failure);
                } else {
                    home.succeed(task);
                }
            }
            home.work();
        }
    }

    /** What is taken up is dispatched when the log's time is told the next time. */
    private void goOn() {
        home.work();
        home.tick();
    }

    private void redrive(
            @Nullable Integer revision, @Nullable RedriveFilter filter, @Nullable Integer rate, @Nullable Integer max) {
        home.request(Home.RUN, new RedriveTasks(Home.RUN, revision, filter, rate, max));
    }
}
