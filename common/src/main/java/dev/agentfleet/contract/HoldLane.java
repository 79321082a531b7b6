package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds a lane: its provider refuses or is out. A worker that saw it says so on {@code fleet.quota.requests}; the owner tells it to all
 * workers on {@code fleet.control}.
 */
@JsonClassDescription(
        "Holds a lane, because its provider refuses calls or is out. As a request from the worker that saw it; on the control topic from the orchestrator.")
public record HoldLane(
        @JsonPropertyDescription("The lane, `provider/key/model`.")
        Lane lane,

        @JsonPropertyDescription(
                "For how long, counted from the record's time. In a request: what the provider asked for, if it said so; on the control topic always there.")
        @Nullable
        Duration hold,

        @JsonPropertyDescription("Why; at most 500 characters.") @Nullable
        String reason)
        implements QuotaRequest, Control {

    public HoldLane {
        Rules.requireMeasured(hold, "hold");
        reason = reason == null ? null : Failure.shortened(reason);
    }
}
