package dev.agentfleet.worker.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** An agent together with how its input is read and its output written. Thread-safe. */
public final class BoundAgent {

    private final String name;
    private final String version;
    private final Agent<Object, Object> agent;
    private final JavaType inputType;

    /** @param inputType the agent's own type parameter, as Jackson sees it */
    @SuppressWarnings("unchecked") // what is read as that type is what the agent takes
    public BoundAgent(Agent<?, ?> agent, JavaType inputType) {
        this.name = agent.name();
        this.version = agent.version();
        this.agent = (Agent<Object, Object>) agent;
        this.inputType = inputType;
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    /**
     * Does one attempt on the calling thread, which may block and may be interrupted.
     *
     * @throws AgentFailureException also for an input that cannot be read and an output that cannot be sent
     */
    public Payload run(Payload input, AgentContext context) throws Exception {
        Object output = agent.run(read(input), context);
        return write(output instanceof Uni<?> uni ? await(uni) : output);
    }

    private Object read(Payload input) {
        if (inputType.hasRawClass(Payload.class)) {
            return input;
        }
        Object value;
        try {
            value = Json.mapper().readValue(input.json(), inputType);
        } catch (JsonProcessingException e) {
            throw InvalidInput.because(e);
        }
        if (value == null) {
            throw AgentFailureException.permanent(
                    FailureCode.INVALID_INPUT,
                    "input must be " + inputType.getRawClass().getSimpleName() + ", not null");
        }
        return value;
    }

    private static Payload write(@Nullable Object output) {
        if (output == null) {
            return Payload.NULL;
        }
        Payload payload = output instanceof Payload ready ? ready : payload(json(output));
        if (!payload.isWithinBounds()) {
            throw tooLarge();
        }
        return payload;
    }

    private static Payload payload(String json) {
        try {
            return new Payload(json);
        } catch (InvalidFieldException e) {
            throw AgentFailureException.permanent(FailureCode.INVALID_OUTPUT, "output: " + e.explanation());
        }
    }

    private static String json(Object output) {
        var text = new BoundedText(Payload.MAX_BYTES);
        try {
            Json.mapper().writeValue(text, output);
            return text.toString();
        } catch (BoundedText.ExceededException e) {
            throw tooLarge().causedBy(e);
        } catch (IOException e) {
            throw AgentFailureException.permanent(
                            FailureCode.INVALID_OUTPUT,
                            "The output, a " + output.getClass().getSimpleName() + ", cannot be written as JSON")
                    .causedBy(e);
        }
    }

    private static AgentFailureException tooLarge() {
        return AgentFailureException.permanent(
                FailureCode.OUTPUT_TOO_LARGE, "output: must be at most " + Payload.MAX_BYTES + " bytes of JSON");
    }

    private static @Nullable Object await(Uni<?> uni) throws Exception {
        CompletableFuture<?> result = uni.subscribeAsCompletionStage();
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }
}
