package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentfleet.modelserver.Mishap;
import dev.agentfleet.modelserver.ModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What one call makes of every error of the server, without retries. */
class ProviderErrorsTest {

    private static final String PROMPT = "the canary sings";

    private static final String TABLE = """
            BAD_REQUEST_400: PERMANENT INVALID_REQUEST
            OWN_SPEND_LIMIT_400: REFUSED SPEND_LIMIT
            KEY_REFUSED_401: REFUSED PROVIDER_KEY_REFUSED
            NO_MONEY_402: REFUSED SPEND_LIMIT
            FORBIDDEN_403: REFUSED PROVIDER_KEY_REFUSED
            UNKNOWN_MODEL_404: PERMANENT UNKNOWN_MODEL
            TOO_LARGE_413: PERMANENT REQUEST_TOO_LARGE
            RATE_LIMITED_429: TRANSIENT RATE_LIMITED after PT1S
            RATE_LIMITED_LONG_429: TRANSIENT RATE_LIMITED after PT5M
            RATE_LIMITED_SILENT_429: TRANSIENT RATE_LIMITED
            SPEND_LIMIT_429: REFUSED SPEND_LIMIT
            FAILED_500: TRANSIENT PROVIDER_ERROR
            OVERLOADED_529: TRANSIENT PROVIDER_OVERLOADED
            HANG: TIMED_OUT MODEL_TIMEOUT
            SLOW_DRIP: TIMED_OUT MODEL_TIMEOUT
            CUT_CONNECTION: TRANSIENT CONNECTION_FAILED
            CUT_IN_BODY: TRANSIENT CONNECTION_FAILED
            MALFORMED_JSON: TRANSIENT PROVIDER_ERROR
            ERROR_AFTER_200: TRANSIENT PROVIDER_OVERLOADED
            """;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void everyErrorMeansWhatTheTableSaysAndNothingTellsTheKeyOrThePrompt(Provider provider) throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        var everything = new Ear(told);
        var root = Logger.getLogger("");
        root.addHandler(everything);
        var table = new StringBuilder();
        try (var server = new ModelServer();
                var providers = new Providers(
                        server.anthropicUrl(),
                        server.openAiUrl(),
                        Map.of("fleet.llm.anthropic.timeout", "PT4S", "fleet.llm.openai.timeout", "PT4S"))) {
            warmUp(server, provider);
            var client = Objects.requireNonNull(providers.clients.get(provider));
            for (Mishap mishap : Mishap.values()) {
                server.script(mishap);
                var failure = catchThrowableOfType(
                        ModelCallException.class,
                        () -> client.complete(
                                ModelRequest.of("a", "m", PROMPT, 100), Duration.ofMinutes(1), CallGuard.NONE));
                told.add(failure + " " + failure.getCause());
                table.append(mishap + ": " + failure.kind() + " " + failure.code());
                table.append(failure.retryAfter() == null ? "\n" : " after " + failure.retryAfter() + "\n");
            }
        } finally {
            root.removeHandler(everything);
        }

        assertThat(table.toString()).isEqualTo(TABLE);
        assertThat(told).noneMatch(text -> text.contains(Providers.KEY) || text.contains(PROMPT));
    }

    /** The first call of a process loads a large library, and needs more time than the others get here. */
    private static void warmUp(ModelServer server, Provider provider) throws Exception {
        try (var patient = new Providers(server.anthropicUrl(), server.openAiUrl(), Map.of())) {
            var response = Objects.requireNonNull(patient.clients.get(provider))
                    .complete(ModelRequest.of("a", "m", "hi", 100), Duration.ofMinutes(1), CallGuard.NONE);
            assertThat(response.text()).isEqualTo("It works.");
        }
    }

    /** Hears every log record of the worker's process. */
    private static final class Ear extends Handler {

        private final List<String> told;

        Ear(List<String> told) {
            this.told = told;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            // The test's own server logs what it gets.
            if (!String.valueOf(record.getLoggerName()).contains("wiremock")) {
                told.add(record.getMessage() + " "
                        + List.of(Objects.requireNonNullElse(record.getParameters(), new Object[0]))
                        + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
