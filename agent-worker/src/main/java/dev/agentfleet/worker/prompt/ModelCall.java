package dev.agentfleet.worker.prompt;

import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, for the output of an agent.
 *
 * @param provider who was asked: {@code anthropic}, {@code openai} or {@code recorded}
 * @param model that answered
 * @param usage tokens of every call that led to the answer
 * @param usd what they cost; absent: the model has no price
 * @param latency of those calls
 * @param stopReason why the model stopped
 * @param recorded whether nobody was asked: the answer lay in a file
 */
public record ModelCall(
        String provider,
        String model,
        Usage usage,
        @Nullable BigDecimal usd,
        Duration latency,
        StopReason stopReason,
        boolean recorded) {

    public static ModelCall of(ModelResponse response) {
        return new ModelCall(
                response.provider().tag(),
                response.model(),
                response.usage(),
                response.usd(),
                response.latency(),
                response.stopReason(),
                response.recorded());
    }

    /** This one, together with what an earlier one took. */
    ModelCall after(ModelCall earlier) {
        return new ModelCall(
                provider,
                model,
                usage.plus(earlier.usage),
                usd == null || earlier.usd == null ? null : usd.add(earlier.usd),
                latency.plus(earlier.latency),
                stopReason,
                recorded);
    }
}
