package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.worker.config.LlmConfig;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How an agent asks a model. The call blocks the attempt's thread, ends with the attempt, is made again where a failure
 * passes soon, and its tokens and cost are told to the attempt, also when it comes to nothing.
 */
@ApplicationScoped
public class Models {

    private final Map<Provider, ModelClient> clients = new EnumMap<>(Provider.class);
    private final RetriedCalls calls;
    private final Provider usual;
    private final int repairs;

    public Models(@All List<ModelClient> clients, RetriedCalls calls, LlmConfig config) {
        clients.forEach(client -> this.clients.put(client.provider(), client));
        this.calls = calls;
        this.usual = Provider.of(config.provider());
        this.repairs = config.repairs();
    }

    /**
     * Asks. With a schema, the answer is checked, and the model told at most {@code fleet.llm.repairs} times what is wrong
     * with it.
     *
     * @throws AgentFailureException with one of {@link LlmCode}; meant to end the attempt
     * @throws AgentUnavailableException when the provider takes no calls of this worker; meant to end the attempt
     */
    public ModelResponse complete(ModelRequest request, AgentContext context) {
        if (request.schema() == null) {
            return call(request, context);
        }
        var schema = new OutputSchema(request.schema());
        var asked = schema.asked(request);
        var answer = call(asked, context);
        for (int repaired = 0; ; repaired++) {
            requireWhole(answer);
            var check = schema.check(answer.text());
            if (check.json() != null) {
                return answer.withJson(check.json());
            }
            if (repaired >= repairs) {
                throw AgentFailureException.retryable(
                        LlmCode.OUTPUT_NOT_OF_SCHEMA,
                        "The answer breaks the schema after " + repaired + " repairs: "
                                + String.join(", ", check.rules()));
            }
            asked = asked.then(Turn.assistant(said(answer)), Turn.user(OutputSchema.complaint(check)));
            answer = call(asked, context).after(answer);
        }
    }

    private ModelResponse call(ModelRequest request, AgentContext context) {
        var provider = Objects.requireNonNullElse(request.provider(), usual);
        var client = Objects.requireNonNull(clients.get(provider), provider::tag);
        try {
            return calls.call(client, request, context);
        } catch (CallAgainException e) {
            throw e.givenUp();
        }
    }

    private static void requireWhole(ModelResponse answer) {
        switch (answer.stopReason()) {
            case MAX_TOKENS ->
                throw AgentFailureException.permanent(
                        LlmCode.OUTPUT_TRUNCATED,
                        "The answer is cut at the largest length; maxOutputTokens is too small");
            case REFUSAL -> throw AgentFailureException.permanent(LlmCode.MODEL_REFUSED, "The model refused to answer");
            case END, OTHER -> {}
        }
    }

    /** Providers take no empty turn. */
    private static String said(ModelResponse answer) {
        return answer.text().isBlank() ? "(nothing)" : answer.text();
    }
}
