package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorRulesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "400, invalid_request_error, -, PERMANENT, INVALID_REQUEST",
                "401, authentication_error, -, REFUSED, PROVIDER_KEY_REFUSED",
                "402, billing_error, -, REFUSED, SPEND_LIMIT",
                "403, permission_error, -, REFUSED, PROVIDER_KEY_REFUSED",
                "404, not_found_error, -, PERMANENT, UNKNOWN_MODEL",
                "408, -, -, TRANSIENT, PROVIDER_ERROR",
                "409, -, -, TRANSIENT, PROVIDER_ERROR",
                "413, request_too_large, -, PERMANENT, REQUEST_TOO_LARGE",
                "400, invalid_request_error, context_length_exceeded, PERMANENT, REQUEST_TOO_LARGE",
                "422, -, -, PERMANENT, INVALID_REQUEST",
                "429, rate_limit_error, -, TRANSIENT, RATE_LIMITED",
                "429, rate_limit_error, enforced_spend_limit_reached, REFUSED, SPEND_LIMIT",
                "429, insufficient_quota, insufficient_quota, REFUSED, SPEND_LIMIT",
                "429, insufficient_quota, project_spend_limit_exceeded, REFUSED, SPEND_LIMIT",
                "500, api_error, -, TRANSIENT, PROVIDER_ERROR",
                "502, -, -, TRANSIENT, PROVIDER_ERROR",
                "503, -, -, TRANSIENT, PROVIDER_OVERLOADED",
                "529, overloaded_error, -, TRANSIENT, PROVIDER_OVERLOADED",
                "302, -, -, PERMANENT, INVALID_REQUEST",
                "200, overloaded_error, -, TRANSIENT, PROVIDER_OVERLOADED",
                "200, invalid_request_error, -, PERMANENT, INVALID_REQUEST",
                "200, authentication_error, -, REFUSED, PROVIDER_KEY_REFUSED",
                "200, -, -, TRANSIENT, PROVIDER_ERROR"
            })
    void knowsWhatEachErrorMeans(
            int status, @Nullable String type, @Nullable String code, ModelCallException.Kind kind, String meaning) {
        var failure = ErrorRules.failure(new ErrorReply(Provider.ANTHROPIC, status, type, code, false, null, null));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(meaning);
    }

    @Test
    void knowsASpendLimitThatOnlyTheProseTells() throws Exception {
        var reply = reply("""
                {"error": {"type": "invalid_request_error",
                           "message": "You have reached your specified workspace API usage limits."}}""");

        assertThat(ErrorRules.failure(reply).code()).isEqualTo(LlmCode.SPEND_LIMIT);
    }

    @Test
    void findsAnthropicsExactNameInTheDetails() throws Exception {
        var reply = reply("""
                {"error": {"type": "rate_limit_error", "details": {"error_code": "enforced_spend_limit_reached"}}}""");

        assertThat(ErrorRules.failure(reply).code()).isEqualTo(LlmCode.SPEND_LIMIT);
    }

    @Test
    void repeatsNamesAndNoProse() throws Exception {
        var reply = reply("""
                {"error": {"type": "sk-secret with spaces", "code": "some_code", "message": "the prompt was: SECRET"}}""");

        assertThat(ErrorRules.failure(reply)).hasMessage("anthropic answered 400 some_code, request req_1");
    }

    @Test
    void copesWithBodiesOfAnyForm() throws Exception {
        assertThat(ErrorRules.failure(reply("{\"error\": \"model not found\"}")))
                .hasMessage("anthropic answered 400, request req_1");
        assertThat(ErrorRules.failure(reply("[1]")).code()).isEqualTo(LlmCode.INVALID_REQUEST);
    }

    @Test
    void keepsTheWaitTheProviderAsksFor() throws Exception {
        assertThat(ErrorRules.failure(reply("{}")).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    private static ErrorReply reply(String body) throws Exception {
        return ErrorReply.of(
                Provider.ANTHROPIC, 400, Json.mapper().readTree(body), "req_1", Map.of("retry-after", "7")::get);
    }
}
