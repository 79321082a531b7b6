package dev.agentfleet.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelServerTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final ModelServer server = new ModelServer();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void followsTheScriptAndThenAnswersPlainly() throws Exception {
        server.script(Mishap.OVERLOADED_529, new Answer("first"));

        assertThat(post(messages()).statusCode()).isEqualTo(529);
        assertThat(post(messages()).body()).contains("\"first\"");
        assertThat(post(completions()).body()).contains("chat.completion", "It works.");
        assertThat(server.bodies()).containsExactly("{}", "{}", "{}");
    }

    @Test
    void countsTheRateHeadersDownForEitherShape() throws Exception {
        server.script();

        assertThat(post(messages()).headers().firstValue("anthropic-ratelimit-requests-remaining"))
                .contains("999");
        assertThat(post(completions()).headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("998");
    }

    @Test
    void saysHowLongToWaitOrDoesNot() throws Exception {
        server.script(Mishap.RATE_LIMITED_429, Mishap.RATE_LIMITED_SILENT_429);

        assertThat(post(messages()).headers().firstValue("retry-after")).contains("1");
        assertThat(post(messages()).headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void breaksConnectionsAndHangs() throws Exception {
        server.script(Mishap.CUT_CONNECTION, Mishap.CUT_IN_BODY, Mishap.HANG, Mishap.SLOW_DRIP);

        assertThatThrownBy(() -> post(messages())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(messages())).isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        client.send(request(messages(), Duration.ofSeconds(1)), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        var headers = client.send(request(messages(), PATIENT), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(headers.statusCode()).isEqualTo(200);
        headers.body().close();
    }

    @Test
    void holdsManyCallsAtOnce() throws Exception {
        try (var crowd = CrowdServer.answeringTogether(50)) {
            var calls = IntStream.range(0, 50)
                    .mapToObj(i -> client.sendAsync(
                            HttpRequest.newBuilder(crowd.anthropicUrl().resolve("/v1/messages"))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (var call : calls) {
                assertThat(call.get().body()).contains("end_turn");
            }
            assertThat(crowd.most()).isEqualTo(50);
        }
    }

    private URI messages() {
        return URI.create(server.anthropicUrl() + "/v1/messages");
    }

    private URI completions() {
        return URI.create(server.openAiUrl() + "/chat/completions");
    }

    private HttpResponse<String> post(URI where) throws IOException, InterruptedException {
        return client.send(request(where, PATIENT), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(URI where, Duration timeout) {
        return HttpRequest.newBuilder(where)
                .timeout(timeout)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }
}
