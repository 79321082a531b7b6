package dev.agentfleet.modelserver;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.jspecify.annotations.Nullable;

/** The HTTP response of what is scripted. */
final class Replies {

    private static final int MINUTE = 60_000;
    private static final int PIECES = 600;
    private static final String RETRY_AFTER = "retry-after";

    private Replies() {}

    /** @param key what the caller sent as its key: providers quote it when they refuse it */
    static ResponseDefinitionBuilder of(Scripted scripted, Shape shape, String key) {
        return switch (scripted) {
            case Answer(String text) -> json(200, shape.answer(text).toString());
            case Mishap mishap -> mishap(mishap, shape, key);
        };
    }

    private static ResponseDefinitionBuilder mishap(Mishap mishap, Shape shape, String key) {
        String good = shape.answer("It works.").toString();
        return switch (mishap) {
            case BAD_REQUEST_400 -> error(shape, 400, "invalid_request_error", null, "not so");
            case OWN_SPEND_LIMIT_400 ->
                shape == Shape.ANTHROPIC
                        ? error(
                                shape,
                                400,
                                "invalid_request_error",
                                null,
                                "You have reached your specified API usage limits. You will regain access later.")
                        : error(shape, 429, "insufficient_quota", "project_spend_limit_exceeded", "no more");
            case KEY_REFUSED_401 ->
                error(shape, 401, "authentication_error", "invalid_api_key", "the key " + key + " is not valid");
            case NO_MONEY_402 -> error(shape, 402, "billing_error", null, "pay for " + key);
            case FORBIDDEN_403 -> error(shape, 403, "permission_error", null, "not with " + key);
            case UNKNOWN_MODEL_404 -> error(shape, 404, "not_found_error", "model_not_found", "no such model");
            case TOO_LARGE_413 -> error(shape, 413, "request_too_large", null, "too large");
            case RATE_LIMITED_429 -> limited(shape).withHeader(RETRY_AFTER, "1");
            case RATE_LIMITED_LONG_429 -> limited(shape).withHeader(RETRY_AFTER, "300");
            case RATE_LIMITED_SILENT_429 -> limited(shape);
            case SPEND_LIMIT_429 ->
                shape == Shape.ANTHROPIC
                        ? error(shape, 429, "rate_limit_error", "enforced_spend_limit_reached", "no more")
                        : error(shape, 429, "insufficient_quota", "insufficient_quota", "no more");
            case FAILED_500 -> error(shape, 500, "api_error", null, "oh");
            case OVERLOADED_529 -> error(shape, 529, "overloaded_error", null, "busy");
            case HANG -> json(200, good).withFixedDelay(MINUTE);
            case SLOW_DRIP -> json(200, good).withChunkedDribbleDelay(PIECES, MINUTE);
            case CUT_CONNECTION -> new ResponseDefinitionBuilder().withFault(Fault.CONNECTION_RESET_BY_PEER);
            case CUT_IN_BODY ->
                // Status 200, then a chunk that breaks off with the connection.
                new ResponseDefinitionBuilder().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
            case MALFORMED_JSON -> json(200, good.substring(0, good.length() / 2));
            case ERROR_AFTER_200 ->
                json(
                        200,
                        shape.error("overloaded_error", null, "busy after all").toString());
        };
    }

    private static ResponseDefinitionBuilder limited(Shape shape) {
        return error(shape, 429, "rate_limit_error", "rate_limit_exceeded", "slower");
    }

    private static ResponseDefinitionBuilder error(
            Shape shape, int status, String type, @Nullable String code, String message) {
        return json(status, shape.error(type, code, message).toString());
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return new ResponseDefinitionBuilder()
                .withStatus(status)
                .withHeader("content-type", "application/json")
                .withBody(body);
    }
}
