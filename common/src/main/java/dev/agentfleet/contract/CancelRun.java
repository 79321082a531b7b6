package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Stops a run. A client asks for it on {@code fleet.requests}; the orchestrator tells it to all workers on {@code fleet.control}. */
@JsonClassDescription(
        "Cancels a run: waiting tasks are dropped, running ones stopped. As a request from a client; on the control topic from the orchestrator.")
public record CancelRun(
        @JsonPropertyDescription("The run; may be left out when the record key carries it (requests).") @Nullable
        RunId runId,

        @JsonPropertyDescription("The revision of the run this covers; set by the orchestrator.") @Nullable
        Integer revision,

        @JsonPropertyDescription("Why, for the people who ask later; at most 500 characters.") @Nullable
        String reason)
        implements Request, Control {

    public CancelRun {
        reason = reason == null ? null : Failure.shortened(reason);
    }

    public static CancelRun of(RunId runId, @Nullable String reason) {
        return new CancelRun(runId, null, reason);
    }

    @Override
    public CancelRun forRun(RunId id) {
        return new CancelRun(id, revision, reason);
    }
}
