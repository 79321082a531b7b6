package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Sets the limits of a lane. Asked for on {@code fleet.quota.requests}; the owner tells it to all workers on {@code fleet.control}. */
@JsonClassDescription(
        "Sets the limits of a lane, in place of all it had; without any the lane is not limited. As a request from an operator; on the control topic from the orchestrator.")
public record LimitLane(
        @JsonPropertyDescription("The lane, `provider/key/model`.")
        Lane lane,

        @JsonPropertyDescription("Its limits.") QuotaLimits limits)
        implements QuotaRequest, Control {}
