package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task of a batch, as submitted. What it leaves out comes from the run. */
public record TaskSpec(
        @JsonPropertyDescription("Agent that does the task. Default: the run's agent.") @Nullable
        String agent,

        @JsonPropertyDescription("Any JSON value of at most 256 KiB. Default null.") @Nullable
        Payload input,

        @JsonPropertyDescription("Pool whose workers do it. Default: the run's pool, else the agent's, else `default`.")
        @Nullable
        String pool,

        @JsonPropertyDescription("How long one attempt may take. Default: the run's timeout.") @Nullable
        Duration timeout) {

    public TaskSpec {
        Names.require(agent, "agent");
        Names.require(pool, "pool");
        Rules.requirePositive(timeout, "timeout");
        if (input != null) {
            input.requireWithinBounds("input");
        }
    }

    public static TaskSpec of(String agent, Payload input) {
        return new TaskSpec(agent, input, null, null);
    }

    /** The input, JSON null where none was given. */
    public Payload inputOrNull() {
        return input == null ? Payload.NULL : input;
    }

    static void requireAgents(List<TaskSpec> tasks, @Nullable String runAgent) {
        for (int i = 0; runAgent == null && i < tasks.size(); i++) {
            Rules.require(
                    tasks.get(i).agent() != null, "tasks[" + i + "].agent", null, "must be named here or for the run");
        }
    }
}
