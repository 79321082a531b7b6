package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentFailureException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failed call that is made again within its attempt; ends as a retryable failure when that did not help. */
final class CallAgainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable Duration retryAfter;
    private final Duration remaining;
    private final boolean held;

    /**
     * @param remaining what was left of the attempt when the call failed
     * @param held whether the next call waits for the quota's lane to open again
     */
    CallAgainException(ModelCallException failure, Duration remaining, boolean held) {
        super(failure.getMessage());
        this.code = failure.code();
        this.retryAfter = failure.retryAfter();
        this.remaining = remaining;
        this.held = held;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    Duration remaining() {
        return remaining;
    }

    boolean held() {
        return held;
    }

    AgentFailureException givenUp() {
        String message = String.valueOf(getMessage());
        return retryAfter == null
                ? AgentFailureException.retryable(code, message)
                : AgentFailureException.retryableAfter(code, message, retryAfter);
    }
}
