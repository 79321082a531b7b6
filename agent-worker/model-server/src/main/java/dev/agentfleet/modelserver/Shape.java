package dev.agentfleet.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose API a call is one of, and how that API looks. The numbers of tokens are the same for every call. */
enum Shape {
    ANTHROPIC {
        @Override
        JsonNode answer(String text) {
            return tree(Map.of(
                    "id", "msg_1",
                    "type", "message",
                    "role", "assistant",
                    "model", "claude-test-20260101",
                    "content", new Object[] {Map.of("type", "text", "text", text)},
                    "stop_reason", "end_turn",
                    "usage",
                            Map.of(
                                    "input_tokens", INPUT,
                                    "output_tokens", OUTPUT,
                                    "cache_read_input_tokens", CACHE_READ,
                                    "cache_creation_input_tokens", CACHE_WRITE)));
        }

        @Override
        JsonNode error(String type, @Nullable String code, String message) {
            return tree(Map.of(
                    "type",
                    "error",
                    "error",
                    code == null
                            ? Map.of("type", type, "message", message)
                            : Map.of("type", type, "message", message, "details", Map.of("error_code", code)),
                    "request_id",
                    REQUEST));
        }

        @Override
        Map<String, String> headers(long remaining) {
            return Map.of(
                    "request-id", REQUEST,
                    "date", "Thu, 01 Jan 2026 00:00:00 GMT",
                    "anthropic-ratelimit-requests-limit", "1000",
                    "anthropic-ratelimit-requests-remaining", Long.toString(remaining),
                    "anthropic-ratelimit-requests-reset", "2026-01-01T00:00:30Z",
                    "anthropic-ratelimit-input-tokens-limit", "100000",
                    "anthropic-ratelimit-input-tokens-remaining", Long.toString(remaining * 100),
                    "anthropic-ratelimit-input-tokens-reset", "2026-01-01T00:01:00Z");
        }
    },
    OPENAI {
        @Override
        JsonNode answer(String text) {
            return tree(Map.of(
                    "id",
                    "chatcmpl-1",
                    "object",
                    "chat.completion",
                    "created",
                    1_767_225_600,
                    "model",
                    "gpt-test-2026",
                    "choices",
                    new Object[] {
                        Map.of(
                                "index",
                                0,
                                "finish_reason",
                                "stop",
                                "message",
                                Map.of("role", "assistant", "content", text))
                    },
                    "usage",
                    Map.of(
                            "prompt_tokens",
                            INPUT + CACHE_READ,
                            "completion_tokens",
                            OUTPUT,
                            "total_tokens",
                            INPUT + CACHE_READ + OUTPUT,
                            "prompt_tokens_details",
                            Map.of("cached_tokens", CACHE_READ))));
        }

        @Override
        JsonNode error(String type, @Nullable String code, String message) {
            return tree(Map.of("error", Map.of("type", type, "message", message, "code", code == null ? "" : code)));
        }

        @Override
        Map<String, String> headers(long remaining) {
            return Map.of(
                    "x-request-id", REQUEST,
                    "x-ratelimit-limit-requests", "1000",
                    "x-ratelimit-remaining-requests", Long.toString(remaining),
                    "x-ratelimit-reset-requests", "30s",
                    "x-ratelimit-limit-tokens", "100000",
                    "x-ratelimit-remaining-tokens", Long.toString(remaining * 100),
                    "x-ratelimit-reset-tokens", "1m0s");
        }
    };

    static final int INPUT = 100;
    static final int OUTPUT = 20;
    static final int CACHE_READ = 30;
    static final int CACHE_WRITE = 40;
    private static final String REQUEST = "req_test";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Shape of(String path) {
        return path.endsWith("/messages") ? ANTHROPIC : OPENAI;
    }

    abstract JsonNode answer(String text);

    abstract JsonNode error(String type, @Nullable String code, String message);

    /** @param remaining calls until a rate limit is reached */
    abstract Map<String, String> headers(long remaining);

    private static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }
}
