package dev.agentfleet.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt failed and the agent says how. The message is for people and must not hold payloads or secrets. */
public final class AgentFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    private AgentFailureException(
            String code, String message, boolean retryable, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** Another attempt may help. */
    public static AgentFailureException retryable(String code, String message) {
        return new AgentFailureException(code, message, true, null, null);
    }

    /** Another attempt may help, but not before the given wait. */
    public static AgentFailureException retryableAfter(String code, String message, Duration retryAfter) {
        return new AgentFailureException(code, message, true, retryAfter, null);
    }

    /** No further attempt can help. */
    public static AgentFailureException permanent(String code, String message) {
        return new AgentFailureException(code, message, false, null, null);
    }

    /** The same failure with what caused it, for the worker's log. */
    public AgentFailureException causedBy(Throwable cause) {
        return new AgentFailureException(code, String.valueOf(getMessage()), retryable, retryAfter, cause);
    }

    /** For programs: upper-case words such as {@code RATE_LIMITED}; at most 60 characters. */
    public String code() {
        return code;
    }

    public boolean retryable() {
        return retryable;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
