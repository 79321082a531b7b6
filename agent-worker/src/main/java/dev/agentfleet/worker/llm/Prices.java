package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.config.LlmConfig;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tokens cost, from {@code fleet.llm.prices}. A model without a price costs an unknown sum, never a guessed one. */
@Singleton
public final class Prices {

    private static final int MILLION_DIGITS = 6;

    private final Map<String, LlmConfig.Price> prices;

    public Prices(LlmConfig config) {
        this.prices = Map.copyOf(config.prices());
    }

    public boolean knows(String model) {
        return prices.containsKey(model);
    }

    /** In US dollars; null when the model has no price. */
    public @Nullable BigDecimal of(String model, Usage usage) {
        LlmConfig.Price price = prices.get(model);
        if (price == null) {
            return null;
        }
        return per(price.input(), usage.input())
                .add(per(price.output(), usage.output()))
                .add(per(price.cacheRead().orElse(price.input()), usage.cacheRead()))
                .add(per(price.cacheWrite().orElse(price.input()), usage.cacheWrite()));
    }

    private static BigDecimal per(BigDecimal usdPerMillion, long tokens) {
        return usdPerMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
    }
}
