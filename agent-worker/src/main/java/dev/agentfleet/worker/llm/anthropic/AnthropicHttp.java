package dev.agentfleet.worker.llm.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import dev.agentfleet.worker.llm.HttpTransport;
import dev.agentfleet.worker.llm.KeyFile;
import dev.agentfleet.worker.llm.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;

/** Carries the library's requests over our transport, and adds the key, which the library never sees. */
final class AnthropicHttp implements HttpClient {

    private final HttpTransport transport;
    private final KeyFile key;

    AnthropicHttp(HttpTransport transport, KeyFile key) {
        this.transport = transport;
        this.key = key;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        var sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofByteArray(body(request)));
        for (String name : request.headers().names()) {
            request.headers().values(name).forEach(value -> sent.header(name, value));
        }
        sent.setHeader("Content-Type", "application/json");
        sent.setHeader("x-api-key", key.read());
        return new Received(transport.send(Provider.ANTHROPIC, sent.build()));
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        throw new UnsupportedOperationException("Calls block a virtual thread");
    }

    @Override
    public void close() {
        // The transport ends with the worker.
    }

    private static byte[] body(HttpRequest request) {
        var bytes = new ByteArrayOutputStream();
        try (var body = request.body()) {
            if (body != null) {
                body.writeTo(bytes);
            }
        }
        return bytes.toByteArray();
    }

    /** A response that is here completely. */
    private record Received(java.net.http.HttpResponse<byte[]> response) implements HttpResponse {

        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Headers headers() {
            var headers = Headers.builder();
            response.headers().map().forEach(headers::put);
            return headers.build();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(response.body());
        }

        @Override
        public void close() {
            // Nothing is open any more.
        }
    }
}
