package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskFailure;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what clients ask of runs and tasks. */
public final class RunQueries {

    /** What a run may be listed under. */
    public static final List<RunStatus> LISTED =
            List.of(RunStatus.RUNNING, RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.TIMED_OUT);

    private final RunReader reader;
    private final AdmissionRules rules;
    private final OpenCompletions completions;
    private final Function<RunId, FleetSnapshot> fleet;

    /** @param fleet as the run's home partition meets it now */
    public RunQueries(
            RunReader reader, AdmissionRules rules, OpenCompletions completions, Function<RunId, FleetSnapshot> fleet) {
        this.reader = reader;
        this.completions = completions;
        this.rules = rules;
        this.fleet = fleet;
    }

    public Optional<RunView> run(RunId id) {
        return Optional.ofNullable(known(id)).map(this::view);
    }

    private RunView view(Run run) {
        return isFinal(run) ? RunView.of(run, failures(run)) : RunView.of(run.reopened(), null);
    }

    /** A run that is being purged is none. */
    private @Nullable Run known(RunId id) {
        Run run = reader.run(id);
        return run == null || run.purge() != null ? null : run;
    }

    private boolean isFinal(Run run) {
        return run.completedAt() != null && !completions.contains(run.id(), run.revision());
    }

    /**
     * The runs of these home partitions after the given one, newest first, without their failures. A page may hold fewer than asked for and not be
     * the last.
     *
     * @param status which runs; null for all
     * @param after null for the newest
     */
    public CursorPage<RunView> runs(
            @Nullable RunStatus status, @Nullable ListedRun after, int limit, Set<Integer> partitions) {
        NavigableSet<ListedRun> listed = new TreeSet<>();
        for (RunStatus each : status == null ? LISTED : List.of(status)) {
            listed.addAll(reader.listed(each, after, limit + 1, partitions));
        }
        if (status == null || status == RunStatus.RUNNING) {
            completing()
                    .filter(run -> after == null || run.compareTo(after) > 0)
                    .forEach(listed::add);
        }
        List<ListedRun> page = listed.stream().limit(limit).toList();
        List<RunView> views = page.stream()
                .map(run -> known(run.id()))
                .filter(Objects::nonNull)
                .map(run -> RunView.of(isFinal(run) ? run : run.reopened(), null))
                .filter(run -> status == null || run.status() == status)
                .toList();
        return new CursorPage<>(views, listed.size() > limit ? page.getLast().cursor() : null);
    }

    /** Listed as ended already, and still running as far as anybody may know. */
    private Stream<ListedRun> completing() {
        return completions.runs().stream()
                .map(this::held)
                .flatMap(Optional::stream)
                .map(ListedRun::of);
    }

    private Optional<Run> held(RunId id) {
        try {
            return Optional.ofNullable(known(id));
        } catch (StateUnavailableException e) {
            // Its partition has gone to another owner, who lists it.
            return Optional.empty();
        }
    }

    /** The run that was admitted under this name. */
    public Optional<AdmittedRun> admitted(RunId id) {
        return Optional.ofNullable(reader.run(id))
                .map(run -> new AdmittedRun(view(run), run.spec().contentHash(), digest(run)));
    }

    private static @Nullable String digest(Run run) {
        boolean whole =
                run.intake().sealed() && (run.stop() == null || run.stop().complete());
        return whole ? run.intake().digest() : null;
    }

    private List<TaskFailure> failures(Run run) {
        List<TaskFailure> failures = new ArrayList<>();
        for (int index : run.progress().failed()) {
            if (reader.task(run.id(), index) instanceof TaskState.Settled settled) {
                TaskOutcome outcome = settled.outcome();
                failures.add(new TaskFailure(outcome.taskId(), outcome.status(), outcome.failure()));
            }
        }
        return failures;
    }

    /**
     * The tasks after the index, in order. A page may hold fewer than asked for and not be the last.
     *
     * @param phases which tasks
     */
    public Optional<Page<TaskView>> tasks(RunId id, Set<TaskPhase> phases, int after, int limit) {
        Run run = known(id);
        if (run == null) {
            return Optional.empty();
        }
        ChosenTasks chosen = ChosenTasks.of(reader, run, phases, after + 1, limit);
        List<TaskView> views = new ArrayList<>();
        Waits waits = new Waits(run, next(run), rules.pools(), fleet.apply(id));
        TaskPage page = null;
        for (var task : chosen.states().entrySet()) {
            int index = task.getKey();
            page = page != null && page.holds(index) ? page : reader.pageOf(id, index);
            if (page == null || !page.holds(index)) {
                // The run is being purged meanwhile.
                return Optional.empty();
            }
            views.add(view(run, TaskDemand.of(run, index, page, rules), task.getValue(), waits));
        }
        return Optional.of(new Page<>(views, chosen.end() < run.intake().tasks() ? chosen.end() - 1 : null));
    }

    private static TaskView view(Run run, TaskDemand task, TaskState state, Waits waits) {
        return TaskView.of(new TaskId(run.id(), task.index()), task.agent(), task.pool(), state)
                .with(waits.of(task, state).orElse(null));
    }

    /** The first task that was never dispatched; null when there is none. */
    private @Nullable TaskDemand next(Run run) {
        int index = run.progress().cursor();
        TaskPage page = run.completedAt() != null || run.waiting() == 0 ? null : reader.pageOf(run.id(), index);
        return page == null ? null : TaskDemand.of(run, index, page, rules);
    }

    /**
     * The outcomes after the index, in task order; tasks without one are left out.
     *
     * @param revision as which they stood; the present one when null
     */
    public Optional<Page<TaskOutcome>> results(RunId id, @Nullable Integer revision, int after, int limit) {
        Run run = known(id);
        if (run == null) {
            return Optional.empty();
        }
        List<TaskOutcome> outcomes = new ArrayList<>();
        outcomes(run, revision).from(after + 1, outcome -> {
            outcomes.add(outcome);
            return outcomes.size() <= limit;
        });
        if (known(id) == null) {
            return Optional.empty();
        }
        boolean more = outcomes.size() > limit;
        List<TaskOutcome> items = more ? outcomes.subList(0, limit) : outcomes;
        return Optional.of(new Page<>(items, more ? items.getLast().taskId().index() : null));
    }

    /**
     * Hands out every outcome there is, in task order. Returns false when there is no such run; throws
     * {@link StateUnavailableException} when it was purged meanwhile, so that some outcomes are not taken for all.
     */
    public boolean forEachResult(RunId id, @Nullable Integer revision, Consumer<TaskOutcome> action) {
        Run run = known(id);
        if (run == null) {
            return false;
        }
        outcomes(run, revision).from(0, outcome -> {
            action.accept(outcome);
            return true;
        });
        if (known(id) == null) {
            throw new StateUnavailableException("the run was purged while it was read");
        }
        return true;
    }

    private RevisionOutcomes outcomes(Run run, @Nullable Integer revision) {
        int chosen = revision == null ? run.revision() : revision;
        if (chosen < Run.FIRST_REVISION || chosen > run.revision()) {
            throw new InvalidFieldException(
                    "revision", Integer.toString(chosen), "must be 1 to " + run.revision() + " for this run");
        }
        return new RevisionOutcomes(reader, run, chosen);
    }
}
