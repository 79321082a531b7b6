package dev.agentfleet.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers what a test says, records what it is sent. */
public final class FakeOrchestrator implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger toBreak = new AtomicInteger();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();

    /** One request. */
    public record Call(String line, byte[] body, String authorization) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private record Answer(int status, String type, String body) {}

    public FakeOrchestrator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next answer to such a request; the last one given stays. */
    public FakeOrchestrator on(String line, int status, String body) {
        String type = status >= 400 ? "application/problem+json" : "application/json";
        answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(new Answer(status, type, body));
        return this;
    }

    /** Something to do before such a request is answered. */
    public FakeOrchestrator before(String line, Runnable action) {
        before.put(line, action);
        return this;
    }

    /** The next requests whose method is POST are taken and never answered: the connection breaks. */
    public void breakPosts(int number) {
        toBreak.set(number);
    }

    public List<Call> calls() {
        return calls;
    }

    public List<Call> calls(String line) {
        return calls.stream().filter(call -> call.line().equals(line)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(
                new Call(line, body, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
        if (exchange.getRequestMethod().equals("POST") && toBreak.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.close();
            return;
        }
        before.getOrDefault(line, () -> {}).run();
        answer(exchange, line);
    }

    private void answer(HttpExchange exchange, String line) throws IOException {
        Deque<Answer> queue = answers.get(line);
        Answer answer = queue == null
                ? new Answer(
                        404,
                        "application/problem+json",
                        "{\"title\":\"Not Found\",\"detail\":\"nothing at " + line + "\"}")
                : Objects.requireNonNull(queue.size() > 1 ? queue.poll() : queue.peek());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
