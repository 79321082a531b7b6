package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.config.Configs;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {

    private final Prices prices = new Prices(Configs.llm(Map.of(
            "fleet.llm.prices.\"gpt-4.1\".input", "2",
            "fleet.llm.prices.\"gpt-4.1\".output", "8",
            "fleet.llm.prices.claude.input", "3",
            "fleet.llm.prices.claude.output", "15",
            "fleet.llm.prices.claude.cache-read", "0.3",
            "fleet.llm.prices.claude.cache-write", "3.75")));

    @Test
    void pricesEveryKindOfToken() {
        assertThat(prices.of("claude", new Usage(1_000_000, 100_000, 10_000, 1_000)))
                .isEqualByComparingTo(new BigDecimal("3")
                        .add(new BigDecimal("1.5"))
                        .add(new BigDecimal("0.003"))
                        .add(new BigDecimal("0.00375")));
    }

    @Test
    void takesTheInputsPriceForCachesWithoutOne() {
        assertThat(prices.of("gpt-4.1", new Usage(0, 0, 500_000, 0))).isEqualByComparingTo("1");
    }

    @Test
    void guessesNoPrice() {
        assertThat(prices.of("gpt-4.1-mini", new Usage(1, 1, 1, 1))).isNull();
        assertThat(prices.knows("gpt-4.1-mini")).isFalse();
    }
}
