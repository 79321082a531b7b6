package dev.agentfleet.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered. What it said never shows in {@link #toString}.
 *
 * @param json the answer as JSON, checked, where the request has a schema
 * @param usage of every call that led to it: a repaired answer takes more than one
 * @param usd what those calls cost; null: the model has no price
 * @param requestId by which the provider knows the last of them
 * @param model that answered, as its provider calls it; more exact than the request's
 * @param latency of those calls, without the waits between them
 * @param recorded whether nobody was asked: the answer lay in a file
 */
public record ModelResponse(
        String text,
        @Nullable JsonNode json,
        Usage usage,
        @Nullable BigDecimal usd,
        @Nullable String requestId,
        StopReason stopReason,
        RateSnapshot rates,
        Provider provider,
        String model,
        Duration latency,
        boolean recorded) {

    ModelResponse withJson(JsonNode answer) {
        return new ModelResponse(
                text, answer, usage, usd, requestId, stopReason, rates, provider, model, latency, recorded);
    }

    ModelResponse withLatency(Duration measured) {
        return new ModelResponse(
                text, json, usage, usd, requestId, stopReason, rates, provider, model, measured, recorded);
    }

    /** This answer, together with what an earlier one took. */
    ModelResponse after(ModelResponse earlier) {
        return new ModelResponse(
                text,
                json,
                usage.plus(earlier.usage),
                usd == null || earlier.usd == null ? null : usd.add(earlier.usd),
                requestId,
                stopReason,
                rates,
                provider,
                model,
                latency.plus(earlier.latency),
                recorded);
    }

    @Override
    public String toString() {
        return "ModelResponse[" + text.length() + " characters, usage=" + usage + ", usd=" + usd + ", requestId="
                + requestId + ", stopReason=" + stopReason + ", provider=" + provider + ", model=" + model
                + ", latency=" + latency + ", recorded=" + recorded + "]";
    }
}
