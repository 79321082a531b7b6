package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkTest {

    @Test
    void dividesWhatCountsByEverything() {
        Work work = Work.of(
                new Effort(1, Duration.ofMillis(1_500), new Cost(60, 15, 1_000)),
                Map.of(
                        WasteCause.FAILED,
                        new Effort(2, Duration.ofMillis(4_500), new Cost(20, 5, 0)),
                        WasteCause.LEASE_LOST,
                        new Effort(1, Duration.ZERO, null)));

        assertThat(work.all()).isEqualTo(new Effort(4, Duration.ofSeconds(6), new Cost(80, 20, 1_000)));
        assertThat(work.effectiveRate()).isEqualTo(new EffectiveRate(0.25, 0.25, 0.75, 1.0));
    }

    @Test
    void aShareOfNothingIsNone() {
        assertThat(Work.of(Effort.NONE, Map.of()).effectiveRate()).isEqualTo(new EffectiveRate(null, null, null, null));
        assertThat(Work.of(new Effort(1, Duration.ZERO, null), Map.of()).effectiveRate())
                .isEqualTo(new EffectiveRate(1.0, null, null, null));
    }
}
