package dev.agentfleet.worker.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.llm.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One question of an agent to a model, with what makes an answer one that can be used. */
public final class Question<T> {

    private static final int TOLD = 1;

    private final VersionedPrompt prompt;
    private final Function<JsonNode, Verdict<T>> judge;
    private final String refusedCode;

    /**
     * @param judge called with answers that keep to the schema
     * @param refusedCode of the failure when the model was told once and its answer still cannot be used
     */
    public Question(VersionedPrompt prompt, Function<JsonNode, Verdict<T>> judge, String refusedCode) {
        this.prompt = prompt;
        this.judge = judge;
        this.refusedCode = refusedCode;
    }

    /**
     * What came of it.
     *
     * @param call what it took, with what was said in vain
     */
    public record Answer<T>(T value, ModelCall call) {}

    /** Asks. Throws as {@link Models#complete} does, and {@link AgentFailureException} for an answer that cannot be used. */
    public Answer<T> ask(Models models, ModelChoice choice, Map<String, String> values, AgentContext context) {
        var turns = new ArrayList<>(List.of(Turn.user(prompt.template().with(values))));
        ModelResponse response = models.complete(request(choice, turns), context);
        var call = ModelCall.of(response);
        for (int told = 0; ; told++) {
            switch (judge.apply(Objects.requireNonNull(response.json()))) {
                case Verdict.Accepted<T>(T value) -> {
                    return new Answer<>(value, call);
                }
                case Verdict.Refused<T>(String complaint, String reason) -> {
                    if (told >= TOLD) {
                        throw AgentFailureException.retryable(refusedCode, reason);
                    }
                    turns.add(Turn.assistant(response.json().toString()));
                    turns.add(Turn.user(complaint));
                }
            }
            response = models.complete(request(choice, turns), context);
            call = ModelCall.of(response).after(call);
        }
    }

    private ModelRequest request(ModelChoice choice, List<Turn> turns) {
        return new ModelRequest(
                prompt.agent(),
                choice.provider(),
                choice.model(),
                null,
                turns,
                choice.maxOutputTokens(),
                null,
                prompt.schema());
    }
}
