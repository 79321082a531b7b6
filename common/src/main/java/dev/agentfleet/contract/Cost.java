package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What work used up, as its agents reported it. Whole numbers, so that a sum is exact in whatever order it is made up; a
 * sum beyond {@link Long#MAX_VALUE} stays there.
 */
public record Cost(
        @JsonPropertyDescription(
                "All tokens sent to models, those that came from or went into a provider's cache included.")
        long inputTokens,

        @JsonPropertyDescription("Tokens models answered with.")
        long outputTokens,

        @JsonPropertyDescription("Money, in billionths of a US dollar: 1500000 is $0.0015.")
        long nanoUsd,

        @JsonPropertyDescription("Those of the inputTokens that were read from a provider's cache. Absent: none.")
        @Nullable
        Long cacheReadTokens,

        @JsonPropertyDescription("Those of the inputTokens that were written to a provider's cache. Absent: none.")
        @Nullable
        Long cacheWriteTokens) {

    /** Most tokens of a kind in one report. */
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    /** Most money in one report. */
    public static final BigDecimal MAX_USD = new BigDecimal(1_000_000);

    private static final int NANO_DIGITS = 9;

    public Cost {
        requireNotNegative("inputTokens", inputTokens);
        requireNotNegative("outputTokens", outputTokens);
        requireNotNegative("nanoUsd", nanoUsd);
        cacheReadTokens = presentOrNone("cacheReadTokens", cacheReadTokens);
        cacheWriteTokens = presentOrNone("cacheWriteTokens", cacheWriteTokens);
    }

    /** Without a cache. */
    public Cost(long inputTokens, long outputTokens, long nanoUsd) {
        this(inputTokens, outputTokens, nanoUsd, null, null);
    }

    /** What an agent reports that knows of no cache. */
    public static Cost of(long inputTokens, long outputTokens, BigDecimal usd) {
        return of(inputTokens, outputTokens, 0, 0, usd);
    }

    /** What an agent reports; parts of a billionth of a dollar are rounded half up. Throws {@link InvalidFieldException}. */
    public static Cost of(long inputTokens, long outputTokens, long cacheRead, long cacheWrite, BigDecimal usd) {
        requireTokens("inputTokens", inputTokens);
        requireTokens("outputTokens", outputTokens);
        requireTokens("cacheReadTokens", cacheRead);
        requireTokens("cacheWriteTokens", cacheWrite);
        Rules.require(
                cacheRead + cacheWrite <= inputTokens,
                "inputTokens",
                inputTokens,
                "must be at least cacheReadTokens + cacheWriteTokens, " + (cacheRead + cacheWrite));
        Rules.require(
                usd.signum() >= 0 && usd.compareTo(MAX_USD) <= 0,
                "usd",
                usd,
                "must be 0 to " + MAX_USD.toPlainString());
        var nanos = usd.setScale(NANO_DIGITS, RoundingMode.HALF_UP).unscaledValue();
        return new Cost(inputTokens, outputTokens, nanos.longValueExact(), cacheRead, cacheWrite);
    }

    /** Both together; null when neither is there. */
    public static @Nullable Cost sum(@Nullable Cost a, @Nullable Cost b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new Cost(
                bounded(a.inputTokens, b.inputTokens),
                bounded(a.outputTokens, b.outputTokens),
                bounded(a.nanoUsd, b.nanoUsd),
                bounded(a.cacheRead(), b.cacheRead()),
                bounded(a.cacheWrite(), b.cacheWrite()));
    }

    /** What was added to an earlier sum to make this one. */
    public Cost since(@Nullable Cost earlier) {
        return earlier == null
                ? this
                : new Cost(
                        inputTokens - earlier.inputTokens,
                        outputTokens - earlier.outputTokens,
                        nanoUsd - earlier.nanoUsd,
                        cacheRead() - earlier.cacheRead(),
                        cacheWrite() - earlier.cacheWrite());
    }

    /** Sent and received. */
    public long tokens() {
        return bounded(inputTokens, outputTokens);
    }

    /** Tokens read from a cache, 0 where nothing is said of it. */
    public long cacheRead() {
        return cacheReadTokens == null ? 0 : cacheReadTokens;
    }

    /** Tokens written to a cache, 0 where nothing is said of it. */
    public long cacheWrite() {
        return cacheWriteTokens == null ? 0 : cacheWriteTokens;
    }

    /** The money in dollars. */
    public BigDecimal usd() {
        return BigDecimal.valueOf(nanoUsd, NANO_DIGITS);
    }

    private static long bounded(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static @Nullable Long presentOrNone(String field, @Nullable Long value) {
        Rules.require(value == null || value >= 0, field, value, "must be at least 0");
        return value == null || value == 0 ? null : value;
    }

    private static void requireNotNegative(String field, long value) {
        Rules.require(value >= 0, field, value, "must be at least 0");
    }

    private static void requireTokens(String field, long value) {
        Rules.require(value >= 0 && value <= MAX_TOKENS, field, value, "must be 0 to " + MAX_TOKENS);
    }
}
