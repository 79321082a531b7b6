package dev.agentfleet.worker.agents.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.Turn;
import dev.agentfleet.worker.prompt.ModelChoice;
import dev.agentfleet.worker.prompt.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code llm} gets.
 *
 * @param model as its provider calls it
 * @param provider {@code anthropic}, {@code openai} or {@code recorded}; absent: the worker's {@code fleet.llm.provider}
 * @param prompt the question; {@code {name}} is the place of a value, {@code {{name}}} the text {@code {name}}
 * @param values for the places: texts as they are, anything else as JSON
 * @param system what the model is told besides; has no places
 * @param schema JSON schema (2020-12) of the answer; absent: the answer is text
 * @param maxOutputTokens how long the answer may be; absent: 4,096
 * @param temperature 0 to 2; absent: the model's own
 */
public record LlmInput(
        String model,
        @Nullable String provider,
        String prompt,
        @Nullable Map<String, JsonNode> values,
        @Nullable String system,
        @Nullable JsonNode schema,
        @Nullable Integer maxOutputTokens,
        @Nullable Double temperature) {

    private static final int USUAL_TOKENS = 4_096;
    private static final int HOTTEST = 2;

    public LlmInput {
        values = values == null ? Map.of() : Map.copyOf(values);
        schema = schema == null || schema.isNull() ? null : schema;
        require(!prompt.isBlank(), "prompt: must not be blank");
        require(schema == null || schema.isObject(), "schema: must be a JSON object");
        require(
                temperature == null || temperature >= 0 && temperature <= HOTTEST,
                "temperature: '" + temperature + "' must be 0 to " + HOTTEST);
        new PromptTemplate(prompt).check(values.keySet());
        var _ = ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    ModelRequest request() {
        var choice = ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
        return new ModelRequest(
                LlmAgent.NAME,
                choice.provider(),
                choice.model(),
                system,
                List.of(Turn.user(question())),
                choice.maxOutputTokens(),
                temperature,
                schema);
    }

    private String question() {
        var texts = new TreeMap<String, String>();
        if (values != null) {
            values.forEach((name, value) -> texts.put(name, value.isTextual() ? value.textValue() : value.toString()));
        }
        return new PromptTemplate(prompt).with(texts);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
