package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An amount of a lane's quota: calls, and the tokens of those calls. Never negative. */
public record QuotaAmount(
        @JsonPropertyDescription("Calls.") long requests,
        @JsonPropertyDescription("Tokens sent.") long inputTokens,
        @JsonPropertyDescription("Tokens answered with.") long outputTokens) {

    public static final QuotaAmount NONE = new QuotaAmount(0, 0, 0);

    /** Most of a kind in one message: sums of many must not overflow. */
    public static final long MOST = Cost.MAX_TOKENS;

    public QuotaAmount {
        requireAmount("requests", requests);
        requireAmount("inputTokens", inputTokens);
        requireAmount("outputTokens", outputTokens);
    }

    /** One call with the tokens it is expected to take. */
    public static QuotaAmount call(long inputTokens, long outputTokens) {
        return new QuotaAmount(1, inputTokens, outputTokens);
    }

    public boolean none() {
        return requests == 0 && inputTokens == 0 && outputTokens == 0;
    }

    /** Both together; a sum stays at {@link #MOST}. */
    public QuotaAmount plus(QuotaAmount more) {
        return new QuotaAmount(
                Math.min(MOST, requests + more.requests),
                Math.min(MOST, inputTokens + more.inputTokens),
                Math.min(MOST, outputTokens + more.outputTokens));
    }

    /** What is left without the other; nothing where the other is larger. */
    public QuotaAmount minus(QuotaAmount less) {
        return new QuotaAmount(
                Math.max(0, requests - less.requests),
                Math.max(0, inputTokens - less.inputTokens),
                Math.max(0, outputTokens - less.outputTokens));
    }

    /** The smaller of each kind. */
    public QuotaAmount atMost(QuotaAmount other) {
        return new QuotaAmount(
                Math.min(requests, other.requests),
                Math.min(inputTokens, other.inputTokens),
                Math.min(outputTokens, other.outputTokens));
    }

    /** Whether the other holds at least as much of each kind. */
    public boolean fits(QuotaAmount other) {
        return requests <= other.requests && inputTokens <= other.inputTokens && outputTokens <= other.outputTokens;
    }

    private static void requireAmount(String field, long value) {
        Rules.require(value >= 0 && value <= MOST, field, value, "must be 0 to " + MOST);
    }
}
