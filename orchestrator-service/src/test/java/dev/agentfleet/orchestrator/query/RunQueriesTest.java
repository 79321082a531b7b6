package dev.agentfleet.orchestrator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.RunMachine;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
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

    private final OpenCompletions completions = new OpenCompletions();
    private final RunQueries queries = new RunQueries(new OneRun(completed()), RULES, completions);

    @Test
    void callsARunFinalOnlyOnceItsCompletionIsCommitted() {
        completions.decided(RUN);
        assertThat(queries.run(RUN)).hasValueSatisfying(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(run.completedAt()).isNull();
        });

        completions.committed(RUN);

        assertThat(queries.run(RUN))
                .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED));
    }

    @Test
    void listsARunAmongThoseThatRunUntilItsCompletionIsCommitted() {
        completions.decided(RUN);
        assertThat(ids(RunStatus.RUNNING, null)).containsExactly(RUN);
        assertThat(ids(RunStatus.SUCCEEDED, null)).isEmpty();
        assertThat(queries.runs(null, null, 10, Set.of(0)).items())
                .singleElement()
                .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.RUNNING));

        completions.committed(RUN);

        assertThat(ids(RunStatus.RUNNING, null)).isEmpty();
        assertThat(ids(RunStatus.SUCCEEDED, null)).containsExactly(RUN);
    }

    @Test
    void listsNoRunAgainThatComesBeforeTheCursor() {
        ListedRun itself = new ListedRun(NOW, RUN);
        completions.decided(RUN);

        assertThat(ids(RunStatus.RUNNING, new ListedRun(NOW.plusMillis(1), new RunId("newer"))))
                .containsExactly(RUN);
        assertThat(ids(RunStatus.RUNNING, itself)).isEmpty();
        assertThat(ids(null, itself)).isEmpty();
        assertThat(ListedRun.parse(itself.cursor())).isEqualTo(itself);
    }

    @Test
    void knowsNoRunThatIsPurgedButWhatItsNameStandsFor() {
        Run purging = next(new RunMachine(RULES).decide(completed(), new RunEvent.RetentionPassed(), NOW));
        RunQueries late = new RunQueries(new OneRun(purging), RULES, completions);

        assertThat(late.run(RUN)).isEmpty();
        assertThat(late.runs(null, null, 10, Set.of(0)).items()).isEmpty();
        assertThat(late.tasks(RUN, -1, 10)).isEmpty();
        assertThat(late.results(RUN, null, -1, 10)).isEmpty();
        assertThat(late.forEachResult(RUN, null, outcome -> {})).isFalse();
        assertThat(late.plan(RUN, new RedriveTasks(RUN, null, null, null, null)))
                .isEmpty();
        assertThat(late.contentHash(RUN)).contains("hash");
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
                0, new TaskState.Dispatched("default", 1, 0, NOW, null), new TaskState.Settled(outcome, 0));
        return next(machine.decide(run, moved, NOW));
    }

    private static Run next(RunDecision decision) {
        return Objects.requireNonNull(((RunDecision.Applied) decision).next());
    }

    private record OneRun(Run run) implements RunReader {
        @Override
        public @Nullable Run run(RunId id) {
            return run;
        }

        @Override
        public List<ListedRun> listed(RunStatus status, @Nullable ListedRun after, int most, Set<Integer> partitions) {
            ListedRun listed = ListedRun.of(run);
            boolean fits = run.status() == status && (after == null || listed.compareTo(after) > 0);
            return fits ? List.of(listed) : List.of();
        }

        @Override
        public TaskState task(RunId id, int index) {
            return TaskState.WAITING;
        }

        @Override
        public @Nullable TaskPage pageOf(RunId id, int index) {
            return null;
        }

        @Override
        public @Nullable TaskOutcome keptOutcome(RunId id, int index, int revision) {
            return null;
        }

        @Override
        public void settledFrom(RunId id, int index, int end, SettledVisitor visitor) {}
    }
}
