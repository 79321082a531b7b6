package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import dev.agentfleet.modelserver.Answer;
import dev.agentfleet.modelserver.Mishap;
import dev.agentfleet.modelserver.ModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Both adapters against a server that speaks as theirs does. */
class ProvidersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ModelServer SERVER = new ModelServer();
    private static final Providers PROVIDERS;

    static {
        try {
            PROVIDERS = new Providers(SERVER.anthropicUrl(), SERVER.openAiUrl(), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void begin() {
        SERVER.script();
    }

    @AfterAll
    static void end() throws IOException {
        PROVIDERS.close();
        SERVER.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void givesEverythingTheProviderSays(Provider provider) {
        SERVER.script(new Answer("hello"));

        var response = ask(provider, question("priced"));

        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.usage())
                .isEqualTo(provider == Provider.ANTHROPIC ? new Usage(100, 20, 30, 40) : new Usage(100, 20, 30, 0));
        assertThat(response.usd()).isEqualByComparingTo(provider == Provider.ANTHROPIC ? "0.00037" : "0.00033");
        assertThat(response.requestId()).isEqualTo("req_test");
        assertThat(response.stopReason()).isEqualTo(StopReason.END);
        assertThat(response.provider()).isEqualTo(provider);
        assertThat(response.model())
                .isEqualTo(provider == Provider.ANTHROPIC ? "claude-test-20260101" : "gpt-test-2026");
        assertThat(response.recorded()).isFalse();
        assertThat(response.rates().requests())
                .isEqualTo(new RateSnapshot.Window(1_000L, 999L, Duration.ofSeconds(30)));
        var tokens = provider == Provider.ANTHROPIC
                ? response.rates().inputTokens()
                : response.rates().tokens();
        assertThat(tokens).isEqualTo(new RateSnapshot.Window(100_000L, 99_900L, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void knowsNoCostOfAModelWithoutAPrice(Provider provider) {
        SERVER.script();

        assertThat(ask(provider, question("other")).usd()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void sendsWhatWasAsked(Provider provider) throws Exception {
        SERVER.script();
        var request = new ModelRequest(
                "a",
                provider,
                "m",
                "be kind",
                List.of(Turn.user("one"), Turn.assistant("two"), Turn.user("three")),
                77,
                0.5,
                null);

        ask(provider, request);

        JsonNode sent = Json.mapper().readTree(SERVER.bodies().getFirst());
        assertThat(sent.path("model").asText()).isEqualTo("m");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
        if (provider == Provider.ANTHROPIC) {
            assertThat(sent.path("system").asText()).isEqualTo("be kind");
            assertThat(sent.path("max_tokens").asInt()).isEqualTo(77);
            assertThat(sent.path("messages").findValuesAsText("content")).containsExactly("one", "two", "three");
        } else {
            assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(77);
            assertThat(sent.path("messages").findValuesAsText("role"))
                    .containsExactly("system", "user", "assistant", "user");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void takesALongAnswerWithoutAStream(Provider provider) {
        SERVER.script();
        var request = new ModelRequest("a", null, "m", null, List.of(Turn.user("much")), 120_000, null, null);

        assertThat(ask(provider, request).text()).isEqualTo("It works.");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void asksOnceAndRepeatsNothing(Provider provider) {
        SERVER.script(Mishap.FAILED_500, Mishap.CUT_CONNECTION);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ask(provider, question("m"))).isInstanceOf(ModelCallException.class);
        }

        assertThat(SERVER.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void endsAtTheDeadlineAlsoInTheMiddleOfAnAnswer(Provider provider) {
        SERVER.script(Mishap.HANG, Mishap.SLOW_DRIP);

        for (int i = 0; i < 2; i++) {
            var failure = catchThrowableOfType(
                    ModelCallException.class,
                    () -> client(provider).complete(question("m"), Duration.ofMillis(400), CallGuard.NONE));
            assertThat(failure.kind()).isEqualTo(ModelCallException.Kind.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void readsNoAnswerBeyondTheLimit(Provider provider) throws Exception {
        SERVER.script(new Answer("x".repeat(2_000)));

        try (var small =
                new Providers(SERVER.anthropicUrl(), SERVER.openAiUrl(), Map.of("fleet.llm.max-response", "1000"))) {
            var failure = catchThrowableOfType(
                    ModelCallException.class,
                    () -> Objects.requireNonNull(small.clients.get(provider))
                            .complete(question("m"), SOON, CallGuard.NONE));
            assertThat(failure.code()).isEqualTo(LlmCode.RESPONSE_TOO_LARGE);
            assertThat(failure.kind()).isEqualTo(ModelCallException.Kind.PERMANENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void saysWhichProviderCannotBeReached(Provider provider) throws Exception {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var guard = new NoLeave();
        try (var away = new Providers(nobody, nobody, Map.of())) {
            assertThatThrownBy(() ->
                            Objects.requireNonNull(away.clients.get(provider)).complete(question("m"), SOON, guard))
                    .isInstanceOf(ModelCallException.class)
                    .hasMessage(provider.tag() + " could not be reached");
        }
        assertThat(guard.asked).as("asked before the connection stands").hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void sendsNothingWithoutLeaveAtTheLastMoment(Provider provider) {
        SERVER.script();
        var guard = new NoLeave();

        assertThatThrownBy(() -> client(provider).complete(question("m"), SOON, guard))
                .isInstanceOf(NotSentException.class);

        assertThat(guard.asked).hasValue(1);
        assertThat(SERVER.calls()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void sendsTheKeyOfTheFile(Provider provider) throws Exception {
        try (var silent = new SilentServer();
                var providers = new Providers(silent.url(), silent.url(), Map.of())) {
            var call = new RunningCall(Objects.requireNonNull(providers.clients.get(provider)));

            assertThat(silent.awaitRequest())
                    .containsIgnoringCase(
                            provider == Provider.ANTHROPIC
                                    ? "x-api-key: " + Providers.KEY
                                    : "authorization: Bearer " + Providers.KEY);
            call.cancel();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void aCancelClosesTheConnectionWithinTwoSeconds(Provider provider) throws Exception {
        try (var silent = new SilentServer();
                var providers = new Providers(silent.url(), silent.url(), Map.of())) {
            var call = new RunningCall(Objects.requireNonNull(providers.clients.get(provider)));
            silent.awaitRequest();

            call.cancel();

            assertThat(silent.closedWithin(Duration.ofSeconds(2))).isTrue();
            assertThat(call.end()).isInstanceOf(CancellationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void anInterruptClosesTheConnectionWithinTwoSeconds(Provider provider) throws Exception {
        try (var silent = new SilentServer();
                var providers = new Providers(silent.url(), silent.url(), Map.of())) {
            var call = new RunningCall(Objects.requireNonNull(providers.clients.get(provider)));
            silent.awaitRequest();

            call.thread.interrupt();

            assertThat(silent.closedWithin(Duration.ofSeconds(2))).isTrue();
            assertThat(call.end()).isInstanceOf(CancellationException.class);
        }
    }

    private static ModelResponse ask(Provider provider, ModelRequest request) {
        return client(provider).complete(request, SOON, CallGuard.NONE);
    }

    private static ModelClient client(Provider provider) {
        return Objects.requireNonNull(PROVIDERS.clients.get(provider));
    }

    private static ModelRequest question(String model) {
        return ModelRequest.of("a", model, "hi", 100);
    }

    /** Lets nothing out. */
    private static final class NoLeave implements CallGuard {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public void onCancel(Runnable action) {}

        @Override
        public boolean maySend() {
            asked.incrementAndGet();
            return false;
        }
    }

    /** A call on a virtual thread, as an attempt makes it. */
    private static final class RunningCall {

        private final TestAttempt attempt = new TestAttempt();
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        final Thread thread;

        RunningCall(ModelClient client) {
            thread = Thread.startVirtualThread(() -> {
                try {
                    client.complete(question("m"), Duration.ofMinutes(1), attempt::onCancel);
                    end.complete(new AssertionError("nobody answers here"));
                } catch (Throwable thrown) {
                    end.complete(thrown);
                }
            });
        }

        void cancel() {
            attempt.cancel();
        }

        Throwable end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    /** Takes one request, never answers, and sees when the connection is closed. */
    private static final class SilentServer implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<String> request = new CompletableFuture<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        SilentServer() throws IOException {
            Thread.startVirtualThread(this::serve);
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }

        String awaitRequest() throws Exception {
            return request.get(20, TimeUnit.SECONDS);
        }

        boolean closedWithin(Duration time) throws InterruptedException {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void serve() {
            try (var socket = listener.accept()) {
                var in = socket.getInputStream();
                var text = new StringBuilder();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    text.append((char) next);
                    if (text.indexOf("\r\n\r\n") >= 0 && text.charAt(text.length() - 1) == '}') {
                        request.complete(text.toString());
                    }
                }
            } catch (IOException e) {
                // A reset is a close, too.
            }
            closed.countDown();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
