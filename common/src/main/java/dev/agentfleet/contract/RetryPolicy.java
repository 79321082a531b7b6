package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a failed attempt is followed by another: exponential backoff with jitter, bounded in number and length. */
public record RetryPolicy(
        @JsonPropertyDescription("Failed attempts after which the task has failed, 1 to 100. Default 3.") @Nullable
        Integer maxAttempts,

        @JsonPropertyDescription("Wait after the first failed attempt. Default PT1S.") @Nullable
        Duration backoff,

        @JsonPropertyDescription("Longest wait. Default PT1M.") @Nullable
        Duration maxBackoff,

        @JsonPropertyDescription("Growth of the wait with every failure, 1 to 10. Default 2.") @Nullable
        Double multiplier,

        @JsonPropertyDescription("Share of the wait that is random, 0 to 1. Default 0.2.") @Nullable
        Double jitter) {

    public static final int MAX_ATTEMPTS = 100;

    public static final RetryPolicy DEFAULTS =
            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0, 0.2);

    public RetryPolicy {
        Rules.require(
                maxAttempts == null || (maxAttempts >= 1 && maxAttempts <= MAX_ATTEMPTS),
                "options.retry.maxAttempts",
                maxAttempts,
                "must be 1 to " + MAX_ATTEMPTS);
        Rules.requirePositive(backoff, "options.retry.backoff");
        Rules.requirePositive(maxBackoff, "options.retry.maxBackoff");
        Rules.require(
                multiplier == null || (multiplier >= 1 && multiplier <= 10),
                "options.retry.multiplier",
                multiplier,
                "must be 1 to 10");
        Rules.require(jitter == null || (jitter >= 0 && jitter <= 1), "options.retry.jitter", jitter, "must be 0 to 1");
    }

    public RetryPolicy withDefaults() {
        return new RetryPolicy(
                maxAttempts == null ? DEFAULTS.maxAttempts : maxAttempts,
                backoff == null ? DEFAULTS.backoff : backoff,
                maxBackoff == null ? DEFAULTS.maxBackoff : maxBackoff,
                multiplier == null ? DEFAULTS.multiplier : multiplier,
                jitter == null ? DEFAULTS.jitter : jitter);
    }
}
