package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The most a lane may use within any window of the quota's length. What is not there is not limited. */
public record QuotaLimits(
        @JsonPropertyDescription("Calls; not limited when not there.") @Nullable
        Long requests,

        @JsonPropertyDescription("Tokens sent; not limited when not there.") @Nullable
        Long inputTokens,

        @JsonPropertyDescription("Tokens answered with; not limited when not there.") @Nullable
        Long outputTokens) {

    public static final QuotaLimits NONE = new QuotaLimits(null, null, null);

    public QuotaLimits {
        requireLimit("requests", requests);
        requireLimit("inputTokens", inputTokens);
        requireLimit("outputTokens", outputTokens);
    }

    /** Calls alone are limited. */
    public static QuotaLimits ofRequests(long requests) {
        return new QuotaLimits(requests, null, null);
    }

    /** Whether nothing is limited. */
    public boolean areNone() {
        return requests == null && inputTokens == null && outputTokens == null;
    }

    /** The limits as an amount: {@link QuotaAmount#MOST} of what is not limited. */
    public QuotaAmount amount() {
        return new QuotaAmount(orMost(requests), orMost(inputTokens), orMost(outputTokens));
    }

    private static long orMost(@Nullable Long limit) {
        return limit == null ? QuotaAmount.MOST : limit;
    }

    private static void requireLimit(String field, @Nullable Long value) {
        Rules.require(
                value == null || (value >= 1 && value <= QuotaAmount.MOST),
                field,
                value,
                "must be 1 to " + QuotaAmount.MOST);
    }
}
