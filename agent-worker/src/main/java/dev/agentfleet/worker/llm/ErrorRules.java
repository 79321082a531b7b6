package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.util.Set;

/** What an error of a provider means. The names decide before the status, because an error may come after status 200. */
public final class ErrorRules {

    private static final Set<String> SPEND = Set.of(
            "enforced_spend_limit_reached",
            "billing_error",
            "insufficient_quota",
            "credit_balance_exhausted",
            "organization_usage_limit_exceeded",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded");
    private static final Set<String> KEY = Set.of("authentication_error", "permission_error", "invalid_api_key");
    private static final Set<String> TOO_LARGE = Set.of("request_too_large", "context_length_exceeded");

    private ErrorRules() {}

    public static ModelCallException failure(ErrorReply reply) {
        if (isNamed(reply, SPEND) || reply.saysSpendLimit() || reply.status() == 402) {
            return of(reply, Kind.REFUSED, LlmCode.SPEND_LIMIT);
        }
        if (isNamed(reply, KEY) || reply.status() == 401 || reply.status() == 403) {
            return of(reply, Kind.REFUSED, LlmCode.PROVIDER_KEY_REFUSED);
        }
        if (isNamed(reply, TOO_LARGE) || reply.status() == 413) {
            return of(reply, Kind.PERMANENT, LlmCode.REQUEST_TOO_LARGE);
        }
        if (reply.isNamed("rate_limit_error") || reply.status() == 429) {
            return of(reply, Kind.TRANSIENT, LlmCode.RATE_LIMITED);
        }
        if (reply.isNamed("overloaded_error") || reply.status() == 529 || reply.status() == 503) {
            return of(reply, Kind.TRANSIENT, LlmCode.PROVIDER_OVERLOADED);
        }
        if (reply.status() == 404) {
            return of(reply, Kind.PERMANENT, LlmCode.UNKNOWN_MODEL);
        }
        boolean mayPass = reply.status() == 408 || reply.status() == 409 || reply.status() >= 500;
        boolean refused = reply.status() >= 300 && !mayPass || reply.isNamed("invalid_request_error");
        return refused
                ? of(reply, Kind.PERMANENT, LlmCode.INVALID_REQUEST)
                : of(reply, Kind.TRANSIENT, LlmCode.PROVIDER_ERROR);
    }

    /** The provider answered 200 with something that is no answer. */
    public static ModelCallException unreadable(Provider provider, String what) {
        return new ModelCallException(
                Kind.TRANSIENT, LlmCode.PROVIDER_ERROR, provider.tag() + " answered 200 with " + what);
    }

    private static boolean isNamed(ErrorReply reply, Set<String> names) {
        return names.stream().anyMatch(reply::isNamed);
    }

    private static ModelCallException of(ErrorReply reply, Kind kind, String code) {
        return new ModelCallException(kind, code, reply.describe()).withRetryAfter(reply.retryAfter());
    }
}
