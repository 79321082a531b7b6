package dev.agentfleet.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.execution.BoundAgent;
import java.time.Duration;

/**
 * Runs one agent as a worker would: the input goes to the agent as JSON and its output comes back as JSON, sizes are
 * bounded, exceptions become failures, the attempt's timeout interrupts its thread or cancels its {@code Uni}. Immutable.
 *
 * <p>Fault-tolerance annotations are the work of CDI: on an agent made with {@code new} they do nothing. To see them act,
 * inject the agent in a {@code @QuarkusTest} and give that one to {@link #of}.
 *
 * @param <I> the agent's input
 */
public final class AgentTest<I> {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final BoundAgent agent;
    private final AttemptId attempt;
    private final Duration timeout;

    private AgentTest(BoundAgent agent, AttemptId attempt, Duration timeout) {
        this.agent = agent;
        this.attempt = attempt;
        this.timeout = timeout;
    }

    /** The first attempt of the task {@code test/0}, with a timeout of one minute. */
    public static <I> AgentTest<I> of(Agent<I, ?> agent) {
        return new AgentTest<>(
                new BoundAgent(agent, inputType(agent)), new AttemptId(TaskId.parse("test/0"), 1), TIMEOUT);
    }

    /** With another timeout, counted from the attempt's start. */
    public AgentTest<I> withTimeout(Duration other) {
        return new AgentTest<>(agent, attempt, other);
    }

    /** As another attempt of the task. */
    public AgentTest<I> withAttempt(int number) {
        return new AgentTest<>(agent, new AttemptId(attempt.taskId(), number), timeout);
    }

    /** As an attempt of another task, written {@code runId/index}. */
    public AgentTest<I> withTaskId(String taskId) {
        return new AgentTest<>(agent, new AttemptId(TaskId.parse(taskId), attempt.attempt()), timeout);
    }

    /** Runs it to its end. */
    public EndedAttempt run(I input) throws InterruptedException {
        return start(input).awaitEnd();
    }

    /** Runs it to its end with the input as a client wrote it. */
    public EndedAttempt runJson(String input) throws InterruptedException {
        return startJson(input).awaitEnd();
    }

    /** Starts it on a thread of its own, for tests of what happens meanwhile. */
    public StartedAttempt start(I input) {
        try {
            return startJson(Json.mapper().writeValueAsString(input));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("input: cannot be written as JSON", e);
        }
    }

    /** Starts it with the input as a client wrote it. Throws {@link IllegalArgumentException} for more than 256 KiB. */
    public StartedAttempt startJson(String input) {
        return StartedAttempt.start(agent, attempt, timeout, new Payload(input).requireWithinBounds("input"));
    }

    private static JavaType inputType(Agent<?, ?> agent) {
        JavaType input = Json.mapper()
                .constructType(agent.getClass())
                .findSuperType(Agent.class)
                .containedTypeOrUnknown(0);
        if (input.isJavaLangObject()) {
            throw new IllegalArgumentException(agent.getClass() + ": must name its input and output types");
        }
        return input;
    }
}
