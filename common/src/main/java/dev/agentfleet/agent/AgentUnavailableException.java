package dev.agentfleet.agent;

import java.time.Duration;

/**
 * The agent cannot do this task here and now, and neither the task nor its input is to blame: a key is refused, an account
 * is closed. The attempt is given back, no failure is counted, and the task waits. The message is for people and must not
 * hold payloads or secrets.
 */
public final class AgentUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final Duration retryAfter;

    /**
     * @param code for programs: upper-case words such as {@code SPEND_LIMIT}; at most 60 characters
     * @param retryAfter how long the task is not to be tried again
     */
    public AgentUnavailableException(String code, String message, Duration retryAfter) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public String code() {
        return code;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
