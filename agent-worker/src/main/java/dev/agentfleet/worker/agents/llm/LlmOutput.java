package dev.agentfleet.worker.agents.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.worker.prompt.ModelCall;
import org.jspecify.annotations.Nullable;

/**
 * What {@code llm} returns.
 *
 * @param text the answer, where the input has no schema
 * @param json the answer, where it has one
 * @param truncated whether the text is cut at {@code maxOutputTokens}; an answer that was to be JSON fails instead
 * @param call what it took
 */
public record LlmOutput(@Nullable String text, @Nullable JsonNode json, boolean truncated, ModelCall call) {}
