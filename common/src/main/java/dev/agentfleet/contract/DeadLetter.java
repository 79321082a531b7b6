package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** A task put aside because it failed for good, on {@code fleet.dead-letters}, keyed by taskId. Unreadable records lie there as raw bytes with headers instead. */
@JsonClassDescription(
        "A task that failed for good, with its input. (An unreadable record lies there as its raw bytes, with source and reason in headers.)")
public record DeadLetter(
        @JsonPropertyDescription("The run.") RunId runId,
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("The run's revision.") int revision,

        @JsonPropertyDescription("Agent that should have done it.")
        String agent,

        @JsonPropertyDescription("Its input.") Payload input,

        @JsonPropertyDescription("Attempts dispatched.") int attempts,
        @JsonPropertyDescription("FAILED or TIMED_OUT.") TaskStatus status,
        @JsonPropertyDescription("The last failure.") Failure failure,

        @JsonPropertyDescription("Broker time of the decision.")
        Instant at)
        implements Message {}
