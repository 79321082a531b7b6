package dev.agentfleet.cli.client;

import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One HTTP exchange: JSON out, JSON in, refusals as {@link ProblemException}. */
final class HttpCalls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int ERRORS_FROM = 400;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST_PROBLEM = 16_384;

    private final URI server;
    private final BearerToken token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    HttpCalls(URI server, BearerToken token) {
        this.server = server;
        this.token = token;
    }

    InputStream get(String path, String accept) throws InterruptedException {
        return send(request(path).header("Accept", accept).GET());
    }

    InputStream post(String path, byte[] json) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    InputStream put(String path, byte[] json) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_TIMEOUT);
        token.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private InputStream send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() < ERRORS_FROM) {
                return response.body();
            }
            throw refusal(response);
        } catch (IOException e) {
            throw new UnreachableException(server, e);
        }
    }

    private RuntimeException refusal(HttpResponse<InputStream> response) throws IOException {
        Problem problem;
        try (InputStream body = response.body()) {
            problem = problem(response.statusCode(), body.readNBytes(LONGEST_PROBLEM));
        }
        return response.statusCode() == UNAVAILABLE
                ? new UnreachableException(server, problem)
                : new ProblemException(problem);
    }

    private static Problem problem(int status, byte[] body) {
        try {
            var read = Json.mapper().readValue(body, Problem.class);
            return new Problem(status, read.title(), read.detail(), read.field(), read.value(), read.rule());
        } catch (IOException e) {
            return plain(status, body);
        }
    }

    private static Problem plain(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        boolean sentence = !text.isEmpty() && text.length() <= 200 && !text.startsWith("<") && !text.startsWith("{");
        return new Problem(status, null, sentence ? text : null, null, null, null);
    }
}
