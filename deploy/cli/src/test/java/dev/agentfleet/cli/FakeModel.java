package dev.agentfleet.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Speaks chat completions, and knows what is wrong with the project of {@code demo repair}. */
final class FakeModel implements AutoCloseable {
    private static final String DIAGNOSIS = """
            {"rootCause": "It divides first.", "confidence": "HIGH",
             "suspects": [{"file": "Cart.java", "line": 1, "reason": "a division"}]}""";
    private static final String EDITS = """
            {"summary": "Multiply first.", "edits": [{"file": "Cart.java",
             "find": "percentOff / 100 * sum", "replace": "(percentOff * sum + 99) / 100"}]}""";

    private final HttpServer server;
    private final String key;

    FakeModel(String key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = Json.mapper().writeValueAsBytes(completion(asked.contains("find out why") ? DIAGNOSIS : EDITS));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, Object> completion(String text) {
        return Map.of(
                "id",
                "c1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                "gpt-test-1",
                "choices",
                List.of(Map.of(
                        "index", 0, "finish_reason", "stop", "message", Map.of("role", "assistant", "content", text))),
                "usage",
                Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
