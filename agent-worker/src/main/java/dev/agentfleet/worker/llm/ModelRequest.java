package dev.agentfleet.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks a model, whoever answers.
 *
 * @param agent the agent that asks; with the prompt it names a recorded answer
 * @param provider null: the one of {@code fleet.llm.provider}
 * @param model as its provider calls it
 * @param turns in order, the first and the last one the user's
 * @param maxOutputTokens at least 1
 * @param temperature null: the model's own
 * @param schema JSON schema (2020-12) that the answer must keep to; null: the answer is text
 */
public record ModelRequest(
        String agent,
        @Nullable Provider provider,
        String model,
        @Nullable String system,
        List<Turn> turns,
        int maxOutputTokens,
        @Nullable Double temperature,
        @Nullable JsonNode schema) {

    private static final int MAX_NAME = 200;

    public ModelRequest {
        require(!agent.isBlank() && agent.length() <= MAX_NAME, "agent", agent.length() + " characters", "1 to 200");
        Lane.requireModel(model, "model");
        turns = List.copyOf(turns);
        require(
                !turns.isEmpty()
                        && turns.getFirst().role() == Turn.Role.USER
                        && turns.getLast().role() == Turn.Role.USER,
                "turns",
                turns,
                "begin and end with the user's");
        require(maxOutputTokens >= 1, "maxOutputTokens", maxOutputTokens, "at least 1");
        require(
                temperature == null || temperature >= 0 && temperature <= 2,
                "temperature",
                Objects.requireNonNullElse(temperature, 0.0),
                "0 to 2");
    }

    /** A question of one turn, answered with text. */
    public static ModelRequest of(String agent, String model, String question, int maxOutputTokens) {
        return new ModelRequest(agent, null, model, null, List.of(Turn.user(question)), maxOutputTokens, null, null);
    }

    public ModelRequest withProvider(Provider newProvider) {
        return new ModelRequest(agent, newProvider, model, system, turns, maxOutputTokens, temperature, schema);
    }

    public ModelRequest withSystem(@Nullable String newSystem) {
        return new ModelRequest(agent, provider, model, newSystem, turns, maxOutputTokens, temperature, schema);
    }

    public ModelRequest withSchema(JsonNode newSchema) {
        return new ModelRequest(agent, provider, model, system, turns, maxOutputTokens, temperature, newSchema);
    }

    /** The conversation goes on. */
    ModelRequest then(Turn... more) {
        var all = new ArrayList<>(turns);
        all.addAll(List.of(more));
        return new ModelRequest(agent, provider, model, system, all, maxOutputTokens, temperature, schema);
    }

    /** Without what was asked. */
    @Override
    public String toString() {
        return "ModelRequest[agent=" + agent + ", provider=" + provider + ", model=" + model + ", turns=" + turns + "]";
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": '" + value + "' must be " + rule);
        }
    }
}
