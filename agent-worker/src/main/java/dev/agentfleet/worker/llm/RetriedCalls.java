package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.execution.Ticker;
import io.quarkus.arc.All;
import io.smallrye.faulttolerance.api.CustomBackoff;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jspecify.annotations.Nullable;

/** Calls of an attempt, made again where that may help soon, within what is left of the attempt. */
@ApplicationScoped
public class RetriedCalls {

    private final ProviderGate gate;
    private final CallJournal journal;
    private final Prices prices;
    private final List<ModelResponses> listeners;
    private final Ticker ticker;
    private final Duration retryCap;

    public RetriedCalls(
            ProviderGate gate,
            CallJournal journal,
            Prices prices,
            @All List<ModelResponses> listeners,
            Ticker ticker,
            LlmConfig config) {
        this.gate = gate;
        this.journal = journal;
        this.prices = prices;
        this.listeners = listeners;
        this.ticker = ticker;
        this.retryCap = config.retryCap();
    }

    /** @throws CallAgainException when no further call of this attempt is made for a failure that may pass */
    @Retry(
            maxRetries = 5,
            delay = 500,
            jitter = 0,
            // What is left of the attempt is the bound; this one is beyond any attempt.
            maxDuration = 30,
            durationUnit = ChronoUnit.DAYS,
            retryOn = CallAgainException.class)
    @CustomBackoff(CallBackoff.class)
    public ModelResponse call(ModelClient client, ModelRequest request, AgentContext context) {
        gate.pass(client.provider());
        Duration left = context.remaining();
        if (left.isZero()) {
            throw AgentFailureException.retryable(LlmCode.MODEL_TIMEOUT, "The attempt has no time left for a call");
        }
        long startedAt = ticker.nanos();
        try (var underWay = journal.begin(client.provider(), request)) {
            try {
                var response = client.complete(request, left, context::onCancel).withLatency(since(startedAt));
                spend(context, response.usage(), response.usd());
                underWay.answered(response);
                listeners.forEach(listener -> listener.answered(request, response));
                return response;
            } catch (ModelCallException e) {
                spend(context, e.billed(), prices.of(request.model(), e.billed()));
                underWay.failed(e.code(), since(startedAt));
                throw meaning(e, client.provider(), context.remaining());
            } catch (CancellationException e) {
                underWay.failed(CallJournal.STOPPED, since(startedAt));
                throw e;
            }
        }
    }

    private RuntimeException meaning(ModelCallException failure, Provider provider, Duration left) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case TRANSIENT -> {
                var again = new CallAgainException(failure, left);
                Duration asked = failure.retryAfter();
                boolean tooLong = asked != null && (asked.compareTo(retryCap) > 0 || asked.compareTo(left) >= 0);
                yield tooLong ? again.givenUp() : again;
            }
            case TIMED_OUT -> AgentFailureException.retryable(failure.code(), message);
            case PERMANENT -> AgentFailureException.permanent(failure.code(), message);
            case REFUSED -> gate.close(provider, failure);
        };
    }

    /** The one place where an attempt is told what calls took. */
    private static void spend(AgentContext context, Usage usage, @Nullable BigDecimal usd) {
        if (!usage.equals(Usage.NONE)) {
            context.cost(usage.tokens(), Objects.requireNonNullElse(usd, BigDecimal.ZERO));
        }
    }

    private Duration since(long start) {
        return Duration.ofNanos(ticker.nanos() - start);
    }
}
