package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt of one task, for a worker of its pool, on {@code fleet.tasks.<pool>}, keyed by taskId. */
@JsonClassDescription("One attempt of one task, for a worker of its pool.")
public record TaskAssignment(
        @JsonPropertyDescription("The task.") TaskId taskId,

        @JsonPropertyDescription("Number of this attempt; grows with every dispatch of the task, from 1.")
        int attempt,

        @JsonPropertyDescription("The run's revision.") int revision,
        @JsonPropertyDescription("Agent that does it.") String agent,
        @JsonPropertyDescription("What the agent gets.") Payload input,

        @JsonPropertyDescription("How long the attempt may take from its start.")
        Duration timeout,

        @JsonPropertyDescription("Broker time after which a worker must not start it. Absent: no limit.") @Nullable
        Instant startBy,

        @JsonPropertyDescription(
                "The run's budget: what a call of a model may take is reserved before it is made. Absent: no limit.")
        @Nullable
        RunBudget budget)
        implements Message {

    /** One of a run without a budget. */
    public TaskAssignment(
            TaskId taskId,
            int attempt,
            int revision,
            String agent,
            Payload input,
            Duration timeout,
            @Nullable Instant startBy) {
        this(taskId, attempt, revision, agent, input, timeout, startBy, null);
    }
}
