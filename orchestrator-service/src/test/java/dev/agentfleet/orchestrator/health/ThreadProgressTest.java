package dev.agentfleet.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThreadProgressTest {

    private final AtomicLong nanos = new AtomicLong(5);
    private final ThreadProgress progress = new ThreadProgress(nanos::get);

    @Test
    void threadsThatComeRoundDoNotStandStill() {
        progress.standstill(Map.of("a", 1.0, "b", 1.0));
        pass(Duration.ofHours(1));

        assertThat(progress.standstill(Map.of("a", 2.0, "b", 9.0))).isZero();
    }

    @Test
    void oneThreadThatHangsIsEnough() {
        progress.standstill(Map.of("a", 1.0, "b", 1.0));
        pass(Duration.ofMinutes(2));
        progress.standstill(Map.of("a", 2.0, "b", 1.0));
        pass(Duration.ofMinutes(2));

        assertThat(progress.standstill(Map.of("a", 3.0, "b", 1.0))).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void aReplacedThreadIsForgotten() {
        progress.standstill(Map.of("a", 1.0));
        pass(Duration.ofMinutes(5));

        assertThat(progress.standstill(Map.of("b", 0.0))).isZero();
    }

    @Test
    void nothingStandsStillBeforeThereAreThreads() {
        pass(Duration.ofMinutes(5));

        assertThat(progress.standstill(Map.of())).isZero();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
