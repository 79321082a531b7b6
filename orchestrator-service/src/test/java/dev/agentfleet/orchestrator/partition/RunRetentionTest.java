package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunRetentionTest {

    @Test
    void isLookedAtOnceAMinuteAtMostAndOftenerWhereItIsShort() {
        assertThat(new RunRetention(Duration.ofDays(7)).lookEvery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(new RunRetention(Duration.ofSeconds(3)).lookEvery()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void refusesLessThanASecondNamingKeyValueAndRule() {
        assertThatThrownBy(() -> new RunRetention(Duration.ofMillis(999)))
                .hasMessage("fleet.orchestrator.run-retention: 'PT0.999S' must be at least PT1S");
    }
}
