package dev.agentfleet.cli.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** A model that speaks chat completions, says little, and notes when it was asked. */
final class ModelCalls implements AutoCloseable {

    private static final byte[] ANSWER = """
            {"id": "c1", "object": "chat.completion", "created": 1, "model": "m",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Yes."}}],
             "usage": {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}}""".getBytes(StandardCharsets.UTF_8);

    private final long origin = System.nanoTime();
    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    ModelCalls() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** How long it stands. */
    Duration now() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }

    /** When the calls came, since it stands, in order. */
    List<Duration> times() {
        return asked.stream().sorted().map(Duration::ofNanos).toList();
    }

    /** Most calls in any window of such a length. */
    int most(Duration window) {
        List<Duration> times = times();
        int most = 0;
        int from = 0;
        for (int i = 0; i < times.size(); i++) {
            while (times.get(i).minus(times.get(from)).compareTo(window) >= 0) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    private void answer(HttpExchange exchange) throws IOException {
        // One that breaks off before it is complete asks for nothing.
        Json.mapper().readTree(exchange.getRequestBody());
        asked.add(System.nanoTime() - origin);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
