package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CostTest {

    @Test
    void isExactToABillionthOfADollar() {
        // Given: 7 tokens at $0.02 for a million of them
        Cost call = Cost.of(7, 0, new BigDecimal("0.02").movePointLeft(6).multiply(new BigDecimal(7)));

        assertThat(call.nanoUsd()).isEqualTo(140);
        assertThat(call.usd()).isEqualByComparingTo("0.00000014");
        assertThat(Cost.of(0, 0, new BigDecimal("0.0000000015")).nanoUsd()).isEqualTo(2);
    }

    @Test
    void addsUpExactly() {
        Cost sum = null;
        for (int i = 0; i < 1_000; i++) {
            sum = Cost.sum(sum, Cost.of(3, 2, new BigDecimal("0.1")));
        }

        assertThat(sum).isEqualTo(new Cost(3_000, 2_000, 100_000_000_000L));
        assertThat(Cost.sum(null, null)).isNull();
    }

    @Test
    void aSumStaysAtItsLargestValue() {
        var most = new Cost(Long.MAX_VALUE, Long.MAX_VALUE - 1, 0);

        assertThat(Cost.sum(most, new Cost(1, 2, 3))).isEqualTo(new Cost(Long.MAX_VALUE, Long.MAX_VALUE, 3));
    }

    @Test
    void addsUpTheTokensOfTheCacheBesideThoseSent() {
        Cost cached = Cost.of(100, 5, 60, 30, BigDecimal.ZERO);

        Cost both = Objects.requireNonNull(Cost.sum(cached, new Cost(10, 1, 0, 4L, 2L)));

        assertThat(both).isEqualTo(new Cost(110, 6, 0, 64L, 32L));
        assertThat(both.tokens()).isEqualTo(116);
        assertThat(both.since(new Cost(10, 1, 0, 4L, 2L))).isEqualTo(cached);
        assertThat(new Cost(1, 1, 1, 0L, 0L)).isEqualTo(new Cost(1, 1, 1));
    }

    @Test
    void aCostWithoutTokensOfTheCacheIsWrittenAndReadAsBefore() throws Exception {
        String before = "{\"inputTokens\":1,\"outputTokens\":2,\"nanoUsd\":3}";

        Cost read = Json.mapper().readValue(before, Cost.class);

        assertThat(read).isEqualTo(new Cost(1, 2, 3));
        assertThat(read.cacheRead() + read.cacheWrite()).isZero();
        assertThat(Json.mapper().writeValueAsString(read)).isEqualTo(before);
    }

    @Test
    void refusesWhatNothingCosts() {
        assertThatThrownBy(() -> Cost.of(-1, 0, BigDecimal.ZERO))
                .hasMessage("inputTokens: '-1' must be 0 to 1000000000000");
        assertThatThrownBy(() -> Cost.of(0, Cost.MAX_TOKENS + 1, BigDecimal.ZERO))
                .hasMessageContaining("outputTokens");
        assertThatThrownBy(() -> Cost.of(0, 0, new BigDecimal("-0.01")))
                .hasMessage("usd: '-0.01' must be 0 to 1000000");
        assertThatThrownBy(() -> Cost.of(89, 0, 60, 30, BigDecimal.ZERO))
                .hasMessage("inputTokens: '89' must be at least cacheReadTokens + cacheWriteTokens, 90");
        assertThatThrownBy(() -> new Cost(0, 0, 0, -1L, null)).hasMessage("cacheReadTokens: '-1' must be at least 0");
        assertThatThrownBy(() -> new Cost(0, 0, -1)).hasMessage("nanoUsd: '-1' must be at least 0");
    }
}
