package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.quota.Permit;
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

    /** One call of an attempt, as often as it is made. */
    private record Call(ModelClient client, ModelRequest request, AgentContext context) {

        Provider provider() {
            return client.provider();
        }

        Duration remaining() {
            Duration left = context.remaining();
            if (left.isZero()) {
                throw AgentFailureException.retryable(LlmCode.MODEL_TIMEOUT, "The attempt has no time left for a call");
            }
            return left;
        }

        ModelResponse make(Duration deadline, Permit permit) {
            return client.complete(request, deadline, new PermittedCall(context, permit));
        }
    }

    private final ProviderGate gate;
    private final CallQuota quota;
    private final CallJournal journal;
    private final Prices prices;
    private final CallBudgets budgets;
    private final List<ModelResponses> listeners;
    private final Ticker ticker;
    private final Duration retryCap;

    public RetriedCalls(
            ProviderGate gate,
            CallQuota quota,
            CallJournal journal,
            Prices prices,
            CallBudgets budgets,
            @All List<ModelResponses> listeners,
            Ticker ticker,
            LlmConfig config) {
        this.gate = gate;
        this.quota = quota;
        this.journal = journal;
        this.prices = prices;
        this.budgets = budgets;
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
        try (var budgeted = budgets.reserve(client.provider(), request, context)) {
            return permitted(new Call(client, request, context), budgeted);
        }
    }

    private ModelResponse permitted(Call call, BudgetedCall budgeted) {
        while (true) {
            try (var permit = quota.acquire(call.provider(), call.request(), call.context())) {
                // It may have been closed while this call waited.
                gate.pass(call.provider());
                return ask(call, budgeted, permit);
            } catch (NotSentException e) {
                // It was not ready before its permit expired. What slows a first call is ready for the next.
                continue;
            }
        }
    }

    private ModelResponse ask(Call call, BudgetedCall budgeted, Permit permit) {
        Duration left = call.remaining();
        long startedAt = ticker.nanos();
        try (var underWay = journal.begin(call.provider(), call.request())) {
            try {
                var response = budgeted.make(() -> call.make(left, permit)).withLatency(since(startedAt));
                spend(call.context(), response.usage(), response.usd());
                underWay.answered(response);
                CallQuota.answered(permit, response);
                listeners.forEach(listener -> listener.answered(call.request(), response));
                return response;
            } catch (ModelCallException e) {
                spend(call.context(), e.billed(), prices.of(call.request().model(), e.billed()));
                underWay.failed(e.code(), since(startedAt));
                quota.failed(permit, e);
                throw meaning(e, call.provider(), call.context().remaining());
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
                boolean held = CallQuota.holds(failure);
                var again = new CallAgainException(failure, left, held);
                Duration asked = failure.retryAfter();
                // While its lane is held, the attempt's clock stands still.
                boolean tooLong =
                        asked != null && (asked.compareTo(retryCap) > 0 || !held && asked.compareTo(left) >= 0);
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
