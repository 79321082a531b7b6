package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next tasks of an open run. Sent again with the same bytes it changes nothing. */
@JsonClassDescription("Adds the next tasks to an open run. The same chunk sent again changes nothing.")
public record AppendTasks(
        @JsonPropertyDescription("The run; may be left out when the record key carries it.") @Nullable
        RunId runId,

        @JsonPropertyDescription("Number of this chunk, counted from 1 without gaps.")
        int chunk,

        @JsonPropertyDescription("The tasks, in order, after those of the chunk before.")
        List<TaskSpec> tasks)
        implements Request {

    public AppendTasks {
        Rules.require(chunk >= 1, "chunk", chunk, "must count from 1");
        Rules.require(tasks != null && !tasks.isEmpty(), "tasks", "[]", "must hold at least one task");
        tasks = List.copyOf(tasks);
    }

    @Override
    public AppendTasks forRun(RunId id) {
        return new AppendTasks(id, chunk, tasks);
    }
}
