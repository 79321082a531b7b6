package dev.agentfleet.agent;

/**
 * A named capability: does one kind of task. Implement it as a CDI bean with a public scope such as
 * {@code @ApplicationScoped}; MicroProfile and SmallRye fault-tolerance annotations on {@link #run} are honoured.
 *
 * <ol>
 *   <li>One instance serves all attempts of a worker; {@code run} is called by many threads at once.
 *   <li>{@code run} has a virtual thread of its own and may block it. It is interrupted when the attempt is cancelled,
 *       times out or the worker stops; it should then end soon, by any exception.
 *   <li>{@code O} may be {@code io.smallrye.mutiny.Uni<X>}: the attempt lasts until the {@code Uni} ends, and
 *       is cancelled instead of interrupted.
 *   <li>The same attempt may be started again after a crash of its worker: side effects should be idempotent.
 *   <li>A thrown {@link AgentFailureException} says what failed and whether to try again. Any other exception is a
 *       retryable failure with code {@code AGENT_ERROR}.
 *   <li>A thrown {@link AgentUnavailableException} gives the attempt back; no failure is counted.
 * </ol>
 *
 * @param <I> the input: a record or any type Jackson can read; bad input fails the task before {@code run} is called
 * @param <O> the output, at most 256 KiB of JSON
 */
public interface Agent<I, O> {

    /** The name tasks are addressed to: lower-case letters, digits and {@code -}. Constant. */
    String name();

    /** Version of this agent's behaviour, reported by heartbeats. Constant. */
    default String version() {
        return "1";
    }

    /**
     * Does one attempt.
     *
     * @throws Exception when the attempt failed; see {@link AgentFailureException}
     */
    O run(I input, AgentContext context) throws Exception;
}
