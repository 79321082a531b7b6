package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A worker tells what became of a reservation. See ADR 44. */
@JsonClassDescription(
        "A worker tells what was used of a reservation, once; nothing, when the call was not made. It gets no answer.")
public record SettleBudget(
        @JsonPropertyDescription("The run.") RunId runId,

        @JsonPropertyDescription("The worker that reserved.")
        String workerId,

        @JsonPropertyDescription("Number of the reservation.")
        long number,

        @JsonPropertyDescription("What the call took; may be more than was reserved.")
        BudgetAmount used)
        implements BudgetRequest {}
