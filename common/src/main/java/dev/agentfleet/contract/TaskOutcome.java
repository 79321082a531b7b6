package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one outcome of a task in a revision of its run. */
@JsonClassDescription("The one outcome of a task.")
public record TaskOutcome(
        @JsonPropertyDescription("The run.") RunId runId,
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The run's revision.") int revision,

        @JsonPropertyDescription("SUCCEEDED, FAILED, TIMED_OUT, CANCELLED or SKIPPED.")
        TaskStatus status,

        @JsonPropertyDescription("Attempts dispatched.") int attempts,
        @JsonPropertyDescription("Agent that did it.") String agent,

        @JsonPropertyDescription("What the agent returned, when SUCCEEDED.") @Nullable
        Payload output,

        @JsonPropertyDescription("What went wrong, otherwise.") @Nullable
        Failure failure,

        @JsonPropertyDescription("Worker of the last attempt, where one was heard of.") @Nullable
        String workerId,

        @JsonPropertyDescription("How long the last attempt ran, where known.") @Nullable
        Duration duration,

        @JsonPropertyDescription("What its attempts used up together, where their agent said so.") @Nullable
        Cost cost,

        @JsonPropertyDescription("Broker time of the decision.")
        Instant at)
        implements RunEvent {}
