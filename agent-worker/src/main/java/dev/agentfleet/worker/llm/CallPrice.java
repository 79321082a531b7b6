package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.RunBudget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What calls of a model take of a budget. Recorded answers cost nothing; their tokens count. */
record CallPrice(Prices prices, Provider provider, String model) {

    private static final int NANO_DIGITS = 9;
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /**
     * What a call may take.
     *
     * @throws AgentFailureException with {@link LlmCode#PRICE_UNKNOWN}
     */
    BudgetAmount estimate(ModelRequest request, RunBudget budget) {
        long input = TokenEstimate.input(request);
        long output = request.maxOutputTokens();
        // Whether the provider keeps what is sent in its cache is not known before.
        BigDecimal usd = larger(usd(new Usage(input, output, 0, 0)), usd(new Usage(0, output, 0, input)));
        if (usd == null && budget.maxUsd() != null) {
            throw AgentFailureException.permanent(
                    LlmCode.PRICE_UNKNOWN,
                    "model: '" + model + "' must have a price (fleet.llm.prices) for a run with options.budget.maxUsd");
        }
        return amount(input + output, usd);
    }

    BudgetAmount of(ModelResponse response) {
        Usage usage = response.usage();
        return amount(usage.sent() + usage.output(), response.usd() == null ? usd(usage) : response.usd());
    }

    BudgetAmount of(Usage usage) {
        return amount(usage.sent() + usage.output(), usd(usage));
    }

    private @Nullable BigDecimal usd(Usage usage) {
        return provider == Provider.RECORDED ? BigDecimal.ZERO : prices.of(model, usage);
    }

    private static @Nullable BigDecimal larger(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? null : a.max(b);
    }

    private static BudgetAmount amount(long tokens, @Nullable BigDecimal usd) {
        return new BudgetAmount(tokens, usd == null ? 0 : nanos(usd));
    }

    private static long nanos(BigDecimal usd) {
        return usd.movePointRight(NANO_DIGITS)
                .setScale(0, RoundingMode.UP)
                .min(MOST)
                .longValueExact();
    }
}
