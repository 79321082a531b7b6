package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.RunMachine;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs in memory, for tests of those who ask for runs. */
public final class StoredRuns implements RunReader {

    private static final AdmissionRules RULES = new AdmissionRules(Set.of("default"), Map.of(), 10);

    private static final FleetSnapshot NOBODY = new FleetSnapshot(List.of(), Set.of(), Instant.EPOCH);

    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<Integer, TaskState> tasks = new HashMap<>();
    private boolean away;
    private int page;

    public RunQueries queries() {
        return queries(new OpenCompletions());
    }

    RunQueries queries(OpenCompletions completions) {
        return new RunQueries(this, RULES, completions, _ -> NOBODY);
    }

    /** Every run's tasks are alike, in pages of that size. */
    StoredRuns pagedBy(int tasks) {
        page = tasks;
        return this;
    }

    StoredRuns with(Run run) {
        runs.put(run.id(), run);
        return this;
    }

    /** Of every run. */
    StoredRuns with(int index, TaskState task) {
        tasks.put(index, task);
        return this;
    }

    public void admit(RunId id) {
        var submitted = new RunEvent.Submitted(SubmitRun.single(id, "echo", Payload.NULL), "hash-of-" + id, null);
        var admitted = (RunDecision.Applied)
                new RunMachine(RULES).decide(null, submitted, Instant.parse("2026-01-02T03:04:05Z"));
        with(Objects.requireNonNull(admitted.next()));
    }

    public void purge(RunId id) {
        runs.remove(id);
    }

    /** From now on the state is not here. */
    public void takeAway() {
        away = true;
    }

    @Override
    public @Nullable Run run(RunId id) {
        if (away) {
            throw new StateUnavailableException("the state is moving");
        }
        return runs.get(id);
    }

    @Override
    public List<ListedRun> listed(RunStatus status, @Nullable ListedRun after, int most, Set<Integer> partitions) {
        return runs.values().stream()
                .filter(run -> run.status() == status)
                .map(ListedRun::of)
                .filter(run -> after == null || run.compareTo(after) > 0)
                .sorted()
                .limit(most)
                .toList();
    }

    @Override
    public TaskState task(RunId id, int index) {
        return tasks.getOrDefault(index, TaskState.WAITING);
    }

    @Override
    public @Nullable TaskPage pageOf(RunId id, int index) {
        return page == 0
                ? null
                : new TaskPage(index - index % page, Collections.nCopies(page, TaskSpec.of("echo", Payload.NULL)));
    }

    @Override
    public @Nullable TaskOutcome keptOutcome(RunId id, int index, int revision) {
        return null;
    }

    @Override
    public void tasksFrom(RunId id, int index, int end, TaskVisitor visitor) {
        boolean more = true;
        for (int at = index; more && at < end; at++) {
            more = visitor.visit(at, task(id, at));
        }
    }
}
