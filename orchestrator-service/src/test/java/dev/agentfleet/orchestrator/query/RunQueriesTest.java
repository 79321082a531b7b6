package dev.agentfleet.orchestrator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.RunMachine;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunQueriesTest {

    private static final RunId RUN = new RunId("run-1");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final AdmissionRules RULES = new AdmissionRules(Set.of("default"), Map.of(), 10);
    private static final AdmissionRules MANY = new AdmissionRules(Set.of("default"), Map.of(), 100_000);
    private static final int PAGE = 100;

    private static final FleetSnapshot NOBODY = new FleetSnapshot(List.of(), Set.of(), NOW);

    private final OpenCompletions completions = new OpenCompletions();
    private final RunQueries queries = new StoredRuns().with(completed()).queries(completions);

    @Test
    void callsARunFinalOnlyOnceItsCompletionIsCommitted() {
        completions.decided(RUN, 1);
        assertThat(queries.run(RUN)).hasValueSatisfying(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(run.completedAt()).isNull();
        });

        completions.committed(RUN, 1);

        assertThat(queries.run(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED));
    }

    @Test
    void takesTheCommitOfAnEarlierRevisionForNoOther() {
        RunQueries redriven = new StoredRuns().with(completedAgain()).queries(completions);
        completions.decided(RUN, 1);
        completions.decided(RUN, 2);

        completions.committed(RUN, 1);

        assertThat(redriven.run(RUN)).hasValueSatisfying(run -> {
            assertThat(run.revision()).isEqualTo(2);
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        });
        completions.committed(RUN, 2);
        assertThat(redriven.run(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED));
    }

    @Test
    void tellsWithWhatARunWasAdmitted() {
        assertThat(queries.admitted(RUN)).hasValueSatisfying(admitted -> {
            assertThat(admitted.contentHash()).isEqualTo("hash");
            assertThat(admitted.run()).isEqualTo(queries.run(RUN).orElseThrow());
            assertThat(admitted.digest()).isNotNull();
        });
    }

    @Test
    void listsARunAmongThoseThatRunUntilItsCompletionIsCommitted() {
        completions.decided(RUN, 1);
        assertThat(ids(RunStatus.RUNNING, null)).containsExactly(RUN);
        assertThat(ids(RunStatus.SUCCEEDED, null)).isEmpty();
        assertThat(queries.runs(null, null, 10, Set.of(0)).items())
                .singleElement()
                .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.RUNNING));

        completions.committed(RUN, 1);

        assertThat(ids(RunStatus.RUNNING, null)).isEmpty();
        assertThat(ids(RunStatus.SUCCEEDED, null)).containsExactly(RUN);
    }

    @Test
    void listsNoRunAgainThatComesBeforeTheCursor() {
        ListedRun itself = new ListedRun(NOW, RUN);
        completions.decided(RUN, 1);

        assertThat(ids(RunStatus.RUNNING, new ListedRun(NOW.plusMillis(1), new RunId("newer"))))
                .containsExactly(RUN);
        assertThat(ids(RunStatus.RUNNING, itself)).isEmpty();
        assertThat(ids(null, itself)).isEmpty();
        assertThat(ListedRun.parse(itself.cursor())).isEqualTo(itself);
    }

    @Test
    void looksAtTheFleetOnceForAPageOfTasks() {
        List<RunId> asked = new ArrayList<>();
        RunQueries counted =
                new RunQueries(new StoredRuns().with(waiting(1_000)).pagedBy(PAGE), MANY, completions, run -> {
                    asked.add(run);
                    return NOBODY;
                });

        Page<TaskView> page = counted.tasks(RUN, TaskPhase.ALL, -1, 1_000).orElseThrow();

        assertThat(page.items()).hasSize(1_000).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(TaskPhase.WAITING);
            assertThat(Objects.requireNonNull(task.waitsFor()).reason()).isEqualTo(WaitsFor.Reason.NO_WORKER);
        });
        assertThat(asked).containsExactly(RUN);
    }

    @Test
    void findsTheTasksInCertainPhasesInBoundedSteps() {
        int last = 2 * ChosenTasks.MOST_LOOKED_AT;
        StoredRuns stored =
                new StoredRuns().with(dispatched(waiting(last + 3), last + 1)).pagedBy(PAGE);
        for (int index = 0; index < last; index++) {
            stored.with(index, settled(index, TaskStatus.SUCCEEDED));
        }
        stored.with(3, settled(3, TaskStatus.FAILED))
                .with(7, new TaskState.BackingOff(1, 1, NOW, null, null))
                .with(9, new TaskState.Running("default", 1, 0, "w1", NOW, null))
                .with(last, new TaskState.Dispatched("default", 1, 0, NOW, null));
        RunQueries large = new RunQueries(stored, MANY, completions, _ -> NOBODY);
        Set<TaskPhase> open = Set.of(TaskPhase.BACKING_OFF, TaskPhase.DISPATCHED, TaskPhase.WAITING);

        assertThat(found(large, open, -1, 1)).isEqualTo(List.of(List.of(7), 7));
        assertThat(found(large, open, -1, 5)).isEqualTo(List.of(List.of(7), ChosenTasks.MOST_LOOKED_AT - 1));
        assertThat(found(large, open, 7, 5)).isEqualTo(List.of(List.of(), ChosenTasks.MOST_LOOKED_AT + 7));
        assertThat(found(large, open, last - 5, 2)).isEqualTo(List.of(List.of(last, last + 1), last + 1));
        assertThat(found(large, open, last + 1, 2)).isEqualTo(Arrays.asList(List.of(last + 2), null));
        assertThat(found(large, Set.of(TaskPhase.WAITING), -1, 1)).isEqualTo(List.of(List.of(last + 1), last + 1));
        assertThat(found(large, Set.of(TaskPhase.FAILED), last - 5, 2)).isEqualTo(Arrays.asList(List.of(), null));
    }

    /** Which tasks, and what to go on with. */
    private static List<@Nullable Object> found(RunQueries queries, Set<TaskPhase> phases, int after, int limit) {
        Page<TaskView> page = queries.tasks(RUN, phases, after, limit).orElseThrow();
        return Arrays.asList(page.items().stream().map(TaskView::index).toList(), page.next());
    }

    private static Run waiting(int tasks) {
        SubmitRun submit = SubmitRun.batch(RUN, Collections.nCopies(tasks, TaskSpec.of("echo", Payload.NULL)), null);
        return next(new RunMachine(MANY).decide(null, new RunEvent.Submitted(submit, "hash", null), NOW));
    }

    /** All tasks below the index were. */
    private static Run dispatched(Run run, int index) {
        var moved = new RunEvent.TaskMoved(
                index - 1, TaskState.WAITING, new TaskState.Dispatched("default", 1, 0, NOW, null), null);
        return next(new RunMachine(MANY).decide(run, moved, NOW));
    }

    private static TaskState settled(int index, TaskStatus status) {
        return new TaskState.Settled(
                new TaskOutcome(RUN, new TaskId(RUN, index), 1, status, 1, "echo", null, null, null, null, null, NOW),
                0);
    }

    @Test
    void knowsNoRunThatIsPurgedButWhatItsNameStandsFor() {
        Run purging = next(new RunMachine(RULES).decide(completed(), new RunEvent.RetentionPassed(), NOW));
        RunQueries late = new StoredRuns().with(purging).queries(completions);

        assertThat(late.run(RUN)).isEmpty();
        assertThat(late.runs(null, null, 10, Set.of(0)).items()).isEmpty();
        assertThat(late.tasks(RUN, TaskPhase.ALL, -1, 10)).isEmpty();
        assertThat(late.results(RUN, null, -1, 10)).isEmpty();
        assertThat(late.forEachResult(RUN, null, outcome -> {})).isFalse();
        assertThat(late.admitted(RUN))
                .hasValueSatisfying(
                        admitted -> assertThat(admitted.contentHash()).isEqualTo("hash"));
    }

    private List<RunId> ids(@Nullable RunStatus status, @Nullable ListedRun after) {
        return queries.runs(status, after, 10, Set.of(0)).items().stream()
                .map(RunView::runId)
                .toList();
    }

    private static Run completed() {
        RunMachine machine = new RunMachine(RULES);
        SubmitRun submit = SubmitRun.single(RUN, "echo", Payload.NULL);
        Run run = next(machine.decide(null, new RunEvent.Submitted(submit, "hash", null), NOW));
        TaskOutcome outcome = new TaskOutcome(
                RUN, new TaskId(RUN, 0), 1, TaskStatus.SUCCEEDED, 1, "echo", null, null, null, null, null, NOW);
        var moved = new RunEvent.TaskMoved(
                0, new TaskState.Dispatched("default", 1, 0, NOW, null), new TaskState.Settled(outcome, 0), null);
        return next(machine.decide(run, moved, NOW));
    }

    private static Run completedAgain() {
        RunMachine machine = new RunMachine(RULES);
        var redrive = new RunEvent.RedriveReceived(new RedriveTasks(RUN, 2, null, null, null, null));
        return next(machine.decide(
                next(machine.decide(completed(), redrive, NOW)), new RunEvent.RedriveWalked(1, 0, List.of()), NOW));
    }

    private static Run next(RunDecision decision) {
        return Objects.requireNonNull(((RunDecision.Applied) decision).next());
    }
}
