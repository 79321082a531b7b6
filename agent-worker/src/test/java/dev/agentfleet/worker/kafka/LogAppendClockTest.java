package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogAppendClockTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-5);
    private final LogAppendClock clock = new LogAppendClock(nanos::get);

    @Test
    void knowsNothingWithoutEvidence() {
        assertThat(clock.reached()).isNull();
    }

    @Test
    void carriesTheBrokersTimeOnByElapsedTime() {
        clock.heard(NOON);
        nanos.addAndGet(2_000_000_000L);

        assertThat(clock.reached()).isEqualTo(NOON.plusSeconds(2));
    }
}
