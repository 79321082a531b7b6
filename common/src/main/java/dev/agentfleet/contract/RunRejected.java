package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A request was not taken; the run it names is unchanged. */
@JsonClassDescription("A request was not taken; a run of that name that exists already is unchanged.")
public record RunRejected(
        @JsonPropertyDescription("The run the request named.")
        RunId runId,

        @JsonPropertyDescription("The request's type.") String request,
        @JsonPropertyDescription("Field, value and rule.") String reason)
        implements RunEvent {

    public RunRejected {
        reason = Failure.shortened(reason);
    }
}
