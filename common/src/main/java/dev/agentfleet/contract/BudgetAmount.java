package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An amount of what a run's budget limits. Never negative. */
public record BudgetAmount(
        @JsonPropertyDescription("Tokens, sent and answered with.")
        long tokens,

        @JsonPropertyDescription("Money, in billionths of a US dollar; 0 where no price is known.")
        long nanoUsd) {

    public static final BudgetAmount NONE = new BudgetAmount(0, 0);

    public BudgetAmount {
        Rules.require(tokens >= 0, "tokens", tokens, "must be at least 0");
        Rules.require(nanoUsd >= 0, "nanoUsd", nanoUsd, "must be at least 0");
    }

    /** Both together; a sum stays at {@link Long#MAX_VALUE}. */
    public BudgetAmount plus(BudgetAmount more) {
        return new BudgetAmount(sum(tokens, more.tokens), sum(nanoUsd, more.nanoUsd));
    }

    /** What is left without the other; nothing where the other is larger. */
    public BudgetAmount minus(BudgetAmount less) {
        return new BudgetAmount(Math.max(0, tokens - less.tokens), Math.max(0, nanoUsd - less.nanoUsd));
    }

    /** Whether the other holds at least as much of each kind. */
    public boolean fits(BudgetAmount other) {
        return tokens <= other.tokens && nanoUsd <= other.nanoUsd;
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
