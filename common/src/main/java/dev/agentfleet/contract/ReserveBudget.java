package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** A worker reserves what a call may take of its run's budget, before it makes the call. See ADR 44. */
@JsonClassDescription(
        "A worker reserves what a call may take of its run's budget, before it makes the call. Sent again under the same number, it is the same reservation, and gets the same answer.")
public record ReserveBudget(
        @JsonPropertyDescription("The run.") RunId runId,

        @JsonPropertyDescription("The worker that asks.") String workerId,

        @JsonPropertyDescription("Number of the reservation, unique within the worker.")
        long number,

        @JsonPropertyDescription(
                "What the call may take: the estimate of what it sends, its longest answer, and the price of both.")
        BudgetAmount amount,

        @JsonPropertyDescription("The run's budget.") RunBudget budget,

        @JsonPropertyDescription(
                "The call is over by then, counted from the record's time. A reservation that nobody has settled by then counts as used.")
        Duration within)
        implements BudgetRequest {

    public ReserveBudget {
        Rules.requirePositive(within, "within");
    }
}
