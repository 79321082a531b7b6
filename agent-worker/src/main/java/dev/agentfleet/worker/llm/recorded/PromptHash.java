package dev.agentfleet.worker.llm.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.llm.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names a prompt: SHA-256 over the JSON of its system text, turns and schema, keys in order and no space. Neither the model
 * nor the temperature counts: a recorded answer stays when another model is configured.
 */
final class PromptHash {

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private PromptHash() {}

    static String of(ModelRequest request) {
        var prompt = new TreeMap<String, Object>();
        prompt.put("system", request.system() == null ? "" : request.system());
        List<Map<String, String>> turns = new ArrayList<>();
        request.turns().forEach(turn -> turns.add(Map.of("role", turn.role().name(), "text", turn.text())));
        prompt.put("turns", turns);
        prompt.put("schema", request.schema() == null ? "" : plain(request.schema()));
        return hex(canonical(prompt));
    }

    /** As maps, whose keys are written in order; a tree keeps the order it was read in. */
    private static Object plain(JsonNode schema) {
        return Json.mapper().convertValue(schema, Object.class);
    }

    private static String canonical(Object prompt) {
        try {
            return CANONICAL.writeValueAsString(prompt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps, lists and texts can be written", e);
        }
    }

    private static String hex(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
