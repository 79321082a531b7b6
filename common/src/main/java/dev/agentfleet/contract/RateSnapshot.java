package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider's rate headers say is left of its own limits. What it does not say is not there. */
public record RateSnapshot(
        @JsonPropertyDescription("Calls left.") @Nullable Long requests,

        @JsonPropertyDescription("Tokens to send that are left.") @Nullable
        Long inputTokens,

        @JsonPropertyDescription("Tokens to answer with that are left.") @Nullable
        Long outputTokens,

        @JsonPropertyDescription("How long until the provider counts anew; not there: as long as the quota's window.")
        @Nullable
        Duration reset) {

    public RateSnapshot {
        requireLeft("requests", requests);
        requireLeft("inputTokens", inputTokens);
        requireLeft("outputTokens", outputTokens);
        Rules.requireMeasured(reset, "reset");
    }

    private static void requireLeft(String field, @Nullable Long value) {
        Rules.require(
                value == null || (value >= 0 && value <= QuotaAmount.MOST),
                field,
                value,
                "must be 0 to " + QuotaAmount.MOST);
    }
}
