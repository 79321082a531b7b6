package dev.agentfleet.agent;

import java.math.BigDecimal;
import java.time.Duration;

/** What an agent may know and say of the attempt it runs. Thread-safe; valid until the attempt ends. */
public interface AgentContext {

    /** The task, written {@code runId/index}. The same for every attempt: good as an idempotency key. */
    String taskId();

    /** Number of this attempt, from 1. */
    int attempt();

    /** What is left of the attempt's timeout; zero when it has passed. */
    Duration remaining();

    /** Whether the attempt is to stop: cancelled, timed out, or the worker is stopping. */
    boolean isCancelled();

    /**
     * Runs the action once when the attempt is to stop, on a thread of the worker; at once when that has happened
     * already. For what an interrupt does not reach, such as a process or a connection. It must not block.
     */
    void onCancel(Runnable action);

    /**
     * Tells the fleet how far the attempt is: share from 0 to 1, and what it is doing (at most 500 characters). May be
     * called often; at most one report a second leaves the worker, the rest is dropped.
     */
    void progress(double share, String note);

    /**
     * Adds to what this attempt has used up. Call it after each call of a model: what was said before a failure, a timeout
     * or a release counts too. What a cancelled attempt used counts as wasted, and not for its task.
     *
     * @param inputTokens tokens sent, 0 to 10<sup>12</sup>
     * @param outputTokens tokens received, 0 to 10<sup>12</sup>
     * @param usd money in US dollars, 0 to 1,000,000, exact to a billionth
     * @throws IllegalArgumentException names the value out of bounds
     */
    void cost(long inputTokens, long outputTokens, BigDecimal usd);

    /**
     * The same, saying also what the provider's cache did. A context that keeps no such figures takes it for
     * {@link #cost(long, long, BigDecimal)}.
     *
     * @throws IllegalArgumentException names the value out of bounds, or that more is of the cache than was sent
     */
    default void cost(Tokens tokens, BigDecimal usd) {
        cost(tokens.input(), tokens.output(), usd);
    }
}
