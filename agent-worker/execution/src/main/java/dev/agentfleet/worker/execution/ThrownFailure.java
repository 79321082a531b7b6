package dev.agentfleet.worker.execution;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import io.smallrye.faulttolerance.api.RateLimitException;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** The failure that something thrown by an agent stands for. */
final class ThrownFailure {

    static final String AGENT_TIMEOUT = "AGENT_TIMEOUT";
    static final String CIRCUIT_OPEN = "CIRCUIT_OPEN";
    static final String BULKHEAD_FULL = "BULKHEAD_FULL";
    static final String RATE_LIMITED = "RATE_LIMITED";

    private ThrownFailure() {}

    /** Never throws, whatever the thrown object's own methods do. */
    static Failure of(Throwable thrown) {
        try {
            return classify(thrown);
        } catch (Throwable hostile) {
            return Failure.retryable(FailureCode.AGENT_ERROR, thrown.getClass().getName());
        }
    }

    private static Failure classify(Throwable thrown) {
        return switch (thrown) {
            case AgentFailureException said ->
                new Failure(said.code(), String.valueOf(said.getMessage()), said.retryable(), said.retryAfter());
            case AgentUnavailableException said ->
                new Failure(said.code(), String.valueOf(said.getMessage()), true, said.retryAfter());
            case TimeoutException _ -> Failure.retryable(AGENT_TIMEOUT, "The agent took longer than its own @Timeout");
            case CircuitBreakerOpenException _ ->
                Failure.retryable(CIRCUIT_OPEN, "The agent's circuit breaker is open after earlier failures");
            case BulkheadException _ ->
                Failure.retryable(BULKHEAD_FULL, "The agent runs as many attempts as its bulkhead allows");
            case RateLimitException limited -> rateLimited(limited);
            default -> Failure.retryable(FailureCode.AGENT_ERROR, described(thrown));
        };
    }

    private static Failure rateLimited(RateLimitException limited) {
        long wait = limited.getRetryAfterMillis();
        return new Failure(
                RATE_LIMITED, "The agent's rate limit is reached", true, wait > 0 ? Duration.ofMillis(wait) : null);
    }

    private static String described(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? name : name + ": " + thrown.getMessage();
    }
}
