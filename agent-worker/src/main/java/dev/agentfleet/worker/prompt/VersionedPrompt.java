package dev.agentfleet.worker.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What an agent asks, and the schema of the answer: {@code prompts/<agent>/v<version>.txt} and {@code .schema.json} of the
 * class path. What was once published is never edited; another text is another version.
 *
 * @param agent that asks
 * @param version from 1
 * @param template of the question
 * @param schema of the answer
 */
public record VersionedPrompt(String agent, int version, PromptTemplate template, JsonNode schema) {

    /** Reads it; throws {@link IllegalStateException} when there is none. */
    public static VersionedPrompt of(String agent, int version) {
        String path = "/prompts/" + agent + "/v" + version;
        try {
            return new VersionedPrompt(
                    agent,
                    version,
                    new PromptTemplate(text(path + ".txt")),
                    Json.mapper().readTree(text(path + ".schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** As outputs name it: {@code repair/v1}. */
    public String name() {
        return agent + "/v" + version;
    }

    private static String text(String path) throws IOException {
        try (var in = VersionedPrompt.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
