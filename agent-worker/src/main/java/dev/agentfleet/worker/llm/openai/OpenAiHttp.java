package dev.agentfleet.worker.llm.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import dev.agentfleet.worker.llm.HttpTransport;
import dev.agentfleet.worker.llm.KeyFile;
import dev.agentfleet.worker.llm.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;

/** Carries the library's requests over our transport, and adds the key, where there is one; the library never sees it. */
final class OpenAiHttp implements HttpClient {

    private final HttpTransport transport;
    private final KeyFile key;

    OpenAiHttp(HttpTransport transport, KeyFile key) {
        this.transport = transport;
        this.key = key;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        var sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofByteArray(body(request)));
        for (String name : request.headers().names()) {
            // The library's own says nothing: it has no key.
            if (!name.equalsIgnoreCase("Authorization")) {
                request.headers().values(name).forEach(value -> sent.header(name, value));
            }
        }
        sent.setHeader("Content-Type", "application/json");
        if (key.isConfigured()) {
            sent.setHeader("Authorization", "Bearer " + key.read());
        }
        return new Received(transport.send(Provider.OPENAI, sent.build()));
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
