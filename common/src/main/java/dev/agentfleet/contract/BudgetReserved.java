package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer to {@link ReserveBudget}, on {@code fleet.quota.grants}, keyed by workerId. */
@JsonClassDescription("The answer to a worker that reserves a part of a run's budget.")
public record BudgetReserved(
        @JsonPropertyDescription("The run.") RunId runId,

        @JsonPropertyDescription("The worker that asked.") String workerId,

        @JsonPropertyDescription("Number of the reservation.")
        long number,

        @JsonPropertyDescription(
                "`GRANTED`: the call may be made; `EXHAUSTED`: what is spent and the call together are more than the budget; `WAIT`: only what other calls have reserved is in the way.")
        Verdict verdict,

        @JsonPropertyDescription("What is spent, without what is reserved.")
        BudgetAmount spent,

        @JsonPropertyDescription("With `WAIT`: when asking again makes sense, counted from this answer.") @Nullable
        Duration askAfter)
        implements Message {

    /** What becomes of a reservation. */
    public enum Verdict {
        GRANTED,
        EXHAUSTED,
        WAIT
    }

    public BudgetReserved {
        Rules.requireMeasured(askAfter, "askAfter");
    }
}
