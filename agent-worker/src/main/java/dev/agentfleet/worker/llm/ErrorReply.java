package dev.agentfleet.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider sent it, without its prose.
 *
 * @param status of HTTP; 200 when the error came after it
 * @param type the provider's name for the kind of error, such as {@code rate_limit_error}
 * @param code the provider's more exact name, such as {@code insufficient_quota}
 * @param saysSpendLimit whether its prose begins as Anthropic's does at a spend limit of the customer's own, which has no
 *     name
 * @param retryAfter the wait it asks for
 */
public record ErrorReply(
        Provider provider,
        int status,
        @Nullable String type,
        @Nullable String code,
        boolean saysSpendLimit,
        @Nullable String requestId,
        @Nullable Duration retryAfter) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,80}");
    private static final String SPEND_LIMIT = "You have reached your specified ";

    public ErrorReply {
        type = name(type);
        code = name(code);
        requestId = name(requestId);
    }

    /** From a body of either provider's form, or of none; a library may have unpacked its {@code error} already. */
    public static ErrorReply of(
            Provider provider,
            int status,
            JsonNode body,
            @Nullable String requestId,
            Function<String, @Nullable String> header) {
        JsonNode error = body.has("error") ? body.path("error") : body;
        String detail = text(error.path("details").path("error_code"));
        return new ErrorReply(
                provider,
                status,
                text(error.path("type")),
                detail == null ? text(error.path("code")) : detail,
                error.path("message").asText().startsWith(SPEND_LIMIT),
                requestId,
                RetryAfter.of(header));
    }

    boolean isNamed(String name) {
        return name.equals(type) || name.equals(code);
    }

    String describe() {
        return provider.tag() + " answered " + status
                + (type == null ? "" : " " + type)
                + (code == null || code.equals(type) ? "" : " " + code)
                + (requestId == null ? "" : ", request " + requestId);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : null;
    }

    /** What is not formed like a name may be anything. */
    private static @Nullable String name(@Nullable String text) {
        return text != null && NAME.matcher(text).matches() ? text : null;
    }
}
