package dev.agentfleet.modelserver;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/**
 * Answers calls of Anthropic's messages and OpenAI's chat completions in the order of a script; past its end with a plain
 * answer. Every response carries rate headers that count down. For a few dozen calls at once; {@link CrowdServer} is for
 * thousands.
 */
public final class ModelServer implements AutoCloseable {

    private static final Answer PLAIN = new Answer("It works.");

    private final WireMockServer server;
    private final Queue<Scripted> script = new ArrayDeque<>();
    private final List<String> bodies = new ArrayList<>();
    private Scripted otherwise = PLAIN;
    private long remaining = 1_000;

    public ModelServer() {
        server = new WireMockServer(options()
                .dynamicPort()
                .containerThreads(64)
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(16)
                .extensions(new Script()));
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
        server.start();
    }

    /** What Anthropic's library takes as its base URL. */
    public URI anthropicUrl() {
        return URI.create(server.baseUrl());
    }

    /** What OpenAI's library takes as its base URL. */
    public URI openAiUrl() {
        return URI.create(server.baseUrl() + "/v1");
    }

    /** Forgets the script and the calls so far; then these come, one a call. */
    public synchronized void script(Scripted... next) {
        script.clear();
        bodies.clear();
        otherwise = PLAIN;
        remaining = 1_000;
        script.addAll(List.of(next));
    }

    /** What comes when the script is over. */
    public synchronized void otherwise(Scripted reply) {
        otherwise = reply;
    }

    /** The bodies of the calls so far. */
    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    public synchronized int calls() {
        return bodies.size();
    }

    @Override
    public void close() {
        server.stop();
    }

    private synchronized ResponseDefinition next(Request request) {
        bodies.add(request.getBodyAsString());
        remaining--;
        var shape = Shape.of(URI.create(request.getUrl()).getPath());
        var response = Replies.of(Objects.requireNonNullElse(script.poll(), otherwise), shape, key(request));
        shape.headers(remaining).forEach(response::withHeader);
        return response.build();
    }

    private static String key(Request request) {
        String anthropic = request.getHeader("x-api-key");
        return anthropic == null ? String.valueOf(request.getHeader("authorization")) : anthropic;
    }

    private final class Script implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return next(event.getRequest());
        }

        @Override
        public String getName() {
            return "script";
        }
    }
}
