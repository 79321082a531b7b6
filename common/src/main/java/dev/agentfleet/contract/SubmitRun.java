package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits a run: one task ({@code agent}, {@code input}), or a batch ({@code tasks}), or the start of a longer one. */
@JsonClassDescription(
        "Submits a run: a single task, a batch, or (open) the start of a batch that goes on with AppendTasks.")
public record SubmitRun(
        @JsonPropertyDescription("Name of the run. May be left out when the record key carries it; both must be equal.")
        @Nullable
        RunId runId,

        @JsonPropertyDescription("Agent of the single task, or of every task that names none.") @Nullable
        String agent,

        @JsonPropertyDescription(
                "Input of the single task: any JSON value of at most 256 KiB. Not together with tasks.")
        @Nullable
        Payload input,

        @JsonPropertyDescription("Pool of every task that names none. Default: the agent's pool, else `default`.")
        @Nullable
        String pool,

        @JsonPropertyDescription("The tasks of a batch, in order; their indexes count from 0.") @Nullable
        List<TaskSpec> tasks,

        @JsonPropertyDescription("How the run is to be run.") @Nullable
        RunOptions options,

        @JsonPropertyDescription("true: more tasks follow as AppendTasks, ended by SealRun. Default false.") @Nullable
        Boolean open)
        implements Request {

    public SubmitRun {
        Names.require(agent, "agent");
        Names.require(pool, "pool");
        Rules.require(
                input == null || tasks == null,
                "input",
                "…",
                "must not stand beside tasks: a run is one task or a batch");
        boolean single = tasks == null && !Boolean.TRUE.equals(open);
        Rules.require(!single || agent != null, "agent", agent, "must name the agent of the single task");
        Rules.require(
                tasks == null || !tasks.isEmpty() || Boolean.TRUE.equals(open),
                "tasks",
                "[]",
                "must hold at least one task, or the run be open");
        if (input != null) {
            input.requireWithinBounds("input");
        }
        if (tasks != null) {
            tasks = List.copyOf(tasks);
            TaskSpec.requireAgents(tasks, agent);
        }
    }

    /** A run of one task. */
    public static SubmitRun single(RunId runId, String agent, Payload input) {
        return new SubmitRun(runId, agent, input, null, null, null, null);
    }

    /** A complete batch. */
    public static SubmitRun batch(RunId runId, List<TaskSpec> tasks, @Nullable RunOptions options) {
        return new SubmitRun(runId, null, null, null, tasks, options, null);
    }

    /** Whether more tasks follow. */
    public boolean moreFollow() {
        return Boolean.TRUE.equals(open);
    }

    /** The tasks this record brings: the batch, the single task, or none yet. */
    public List<TaskSpec> taskList() {
        if (tasks != null) {
            return tasks;
        }
        return moreFollow() ? List.of() : List.of(new TaskSpec(null, input, null, null));
    }

    @Override
    public SubmitRun forRun(RunId id) {
        return new SubmitRun(id, agent, input, pool, tasks, options, open);
    }
}
