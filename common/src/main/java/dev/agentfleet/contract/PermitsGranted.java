package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.time.Instant;

/** The answer to {@link AskPermits}, on {@code fleet.quota.grants}, keyed by workerId. */
@JsonClassDescription(
        "The answer to a worker that asks for permits. The amount may be nothing: then it says when to ask again.")
public record PermitsGranted(
        @JsonPropertyDescription("The lane.") Lane lane,

        @JsonPropertyDescription("The worker that asked.") String workerId,

        @JsonPropertyDescription("Number of the ask.") long number,

        @JsonPropertyDescription("What the worker may use; the rest of what it wanted has to be asked for again.")
        QuotaAmount amount,

        @JsonPropertyDescription("The broker's time of the ask.")
        Instant grantedAt,

        @JsonPropertyDescription("The permits may be used for so long after the worker sent the ask, by its own clock.")
        Duration validFor,

        @JsonPropertyDescription("When asking for more makes sense, counted from this answer.")
        Duration askAfter,

        @JsonPropertyDescription("What is left of the lane's quota after this; as it was told, for people who look.")
        QuotaAmount left)
        implements Message {

    public PermitsGranted {
        Rules.requireMeasured(validFor, "validFor");
        Rules.requireMeasured(askAfter, "askAfter");
    }
}
