package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What all attempts of a run together may use of models. See ADR 44. */
public record RunBudget(
        @JsonPropertyDescription("Most tokens, sent and answered with, 1 to 10^15. Default: no limit.") @Nullable
        Long maxTokens,

        @JsonPropertyDescription(
                "Most money in US dollars, above 0, up to 10^9, exact to a billionth. Default: no limit.")
        @Nullable
        BigDecimal maxUsd) {

    /** The most that {@link #maxTokens} can be. */
    public static final long MOST_TOKENS = 1_000_000_000_000_000L;

    /** The most that {@link #maxUsd} can be. */
    public static final BigDecimal MOST_USD = new BigDecimal(1_000_000_000);

    private static final int NANO_DIGITS = 9;

    public RunBudget {
        Rules.require(
                maxTokens != null || maxUsd != null, "options.budget", "{}", "must have at least one of its limits");
        Rules.require(
                maxTokens == null || (maxTokens >= 1 && maxTokens <= MOST_TOKENS),
                "options.budget.maxTokens",
                maxTokens,
                "must be 1 to " + MOST_TOKENS);
        Rules.require(
                maxUsd == null || (maxUsd.signum() > 0 && maxUsd.compareTo(MOST_USD) <= 0),
                "options.budget.maxUsd",
                maxUsd,
                "must be above 0, up to " + MOST_USD);
        if (maxUsd != null) {
            // 2, 2.0 and 2.00 are the same budget.
            BigDecimal plain = maxUsd.stripTrailingZeros();
            Rules.require(
                    plain.scale() <= NANO_DIGITS,
                    "options.budget.maxUsd",
                    maxUsd,
                    "must be exact to a billionth of a dollar");
            maxUsd = plain.setScale(Math.max(0, plain.scale()));
        }
    }

    /** The limits as an amount; what has none is beyond reach. */
    public BudgetAmount most() {
        return new BudgetAmount(
                maxTokens == null ? Long.MAX_VALUE : maxTokens,
                maxUsd == null
                        ? Long.MAX_VALUE
                        : maxUsd.movePointRight(NANO_DIGITS).longValueExact());
    }
}
