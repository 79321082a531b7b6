package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker asks for permits, and tells what became of earlier ones. See ADR 41. */
@JsonClassDescription(
        "A worker asks for permits of a lane, and tells what became of those it had. One that asks for nothing gets no answer.")
public record AskPermits(
        @JsonPropertyDescription("The lane, `provider/key/model`.")
        Lane lane,

        @JsonPropertyDescription("The worker that asks.") String workerId,

        @JsonPropertyDescription(
                "Number of this ask, growing with each of the worker; the answer repeats it. Permits are usable only for a while after the worker sent it.")
        long number,

        @JsonPropertyDescription("What its waiting calls need together; no calls: it only tells.")
        QuotaAmount want,

        @JsonPropertyDescription("What the first of them needs: less is of no use.")
        QuotaAmount first,

        @JsonPropertyDescription("Earlier grants that are used up, given back or expired.")
        List<SpentGrant> spent,

        @JsonPropertyDescription("Calls whose tokens were not as estimated.")
        List<TokenCorrection> corrections,

        @JsonPropertyDescription("What the provider last said is left.") @Nullable
        RateSnapshot seen)
        implements QuotaRequest {

    /** Most entries of a list in one message; the rest comes with the next. */
    public static final int MOST_ENTRIES = 200;

    /**
     * What became of a grant; told once. What was not used of it never will be.
     *
     * @param byMillis the last call was sent no later than this after the ask was
     */
    public record SpentGrant(
            @JsonPropertyDescription("Number of the ask that it answered.")
            long number,

            @JsonPropertyDescription(
                    "The last of its calls was sent at most so many milliseconds after the ask; 0 when none was.")
            long byMillis,

            @JsonPropertyDescription("What was used of it, by the estimates of the calls.")
            QuotaAmount used) {}

    /** How the tokens of calls differ from what was reserved for them. */
    public record TokenCorrection(
            @JsonPropertyDescription("When what was reserved was granted, in the broker's time.")
            Instant grantedAt,

            @JsonPropertyDescription("Tokens sent beyond the estimate; negative: fewer.")
            long inputTokens,

            @JsonPropertyDescription("Tokens answered with beyond the estimate; negative: fewer.")
            long outputTokens) {

        public TokenCorrection {
            requireTokens("inputTokens", inputTokens);
            requireTokens("outputTokens", outputTokens);
        }

        private static void requireTokens(String field, long value) {
            Rules.require(
                    Math.abs(value) <= QuotaAmount.MOST && value != Long.MIN_VALUE,
                    field,
                    value,
                    "must be at most " + QuotaAmount.MOST + ", either way");
        }
    }

    public AskPermits {
        spent = bounded(spent, "spent");
        corrections = bounded(corrections, "corrections");
        Rules.require(first.fits(want), "first", first, "must not be more than want");
    }

    private static <T> List<T> bounded(List<T> entries, String field) {
        Rules.require(
                entries.size() <= MOST_ENTRIES,
                field,
                entries.size(),
                "must have at most " + MOST_ENTRIES + " entries");
        return List.copyOf(entries);
    }
}
