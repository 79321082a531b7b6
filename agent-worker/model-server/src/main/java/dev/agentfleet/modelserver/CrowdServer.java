package dev.agentfleet.modelserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers any number of calls at once, and knows how many it held at most. */
public final class CrowdServer implements AutoCloseable {

    private static final int BACKLOG = 10_000;

    private final Duration each;
    private final CountDownLatch crowd;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private CrowdServer(Duration each, int crowd) {
        this.each = each;
        this.crowd = new CountDownLatch(crowd);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Each call takes the same while. */
    public static CrowdServer answeringAfter(Duration each) {
        return new CrowdServer(each, 0);
    }

    /** Nobody is answered before so many calls are there. */
    public static CrowdServer answeringTogether(int crowd) {
        return new CrowdServer(Duration.ZERO, crowd);
    }

    /** What Anthropic's library takes as its base URL. */
    public URI anthropicUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What OpenAI's library takes as its base URL. */
    public URI openAiUrl() {
        return anthropicUrl().resolve("/v1");
    }

    /** The most calls that were here at once. */
    public int most() {
        return most.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(present.incrementAndGet(), Math::max);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            crowd.countDown();
            crowd.await();
            Thread.sleep(each);
            var shape = Shape.of(exchange.getRequestURI().getPath());
            byte[] body = shape.answer("It works.").toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            present.decrementAndGet();
        }
    }
}
