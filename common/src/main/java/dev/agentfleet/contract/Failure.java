package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an attempt, a task or a run failed. */
public record Failure(
        @JsonPropertyDescription("For programs: upper-case words, such as TIMEOUT or the agent's own.")
        String code,

        @JsonPropertyDescription("For people; at most 500 characters, without payloads.")
        String reason,

        @JsonPropertyDescription("Whether another attempt may help.")
        boolean retryable,

        @JsonPropertyDescription("Earliest wait before another attempt, where the agent knows it.") @Nullable
        Duration retryAfter) {

    public static final int MAX_REASON = 500;
    private static final int MAX_CODE = 60;

    public Failure {
        code = code.length() > MAX_CODE ? code.substring(0, MAX_CODE) : code;
        reason = shortened(reason);
        retryAfter = retryAfter == null ? null : bounded(retryAfter);
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(RunOptions.MAX_DURATION) > 0 ? RunOptions.MAX_DURATION : wait;
    }

    public static Failure retryable(String code, String reason) {
        return new Failure(code, reason, true, null);
    }

    public static Failure permanent(String code, String reason) {
        return new Failure(code, reason, false, null);
    }

    /** The text cut to {@link #MAX_REASON} characters. */
    public static String shortened(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON - 1) + "…";
    }
}
