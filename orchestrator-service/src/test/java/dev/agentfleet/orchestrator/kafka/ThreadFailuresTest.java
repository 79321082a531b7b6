package dev.agentfleet.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {

    private final AtomicLong nanos = new AtomicLong(5);
    private final ThreadFailures failures = new ThreadFailures(nanos::get);

    @Test
    void countsThreadsThatFailAgainAndAgain() {
        failures.failed(new StreamsException(new IllegalStateException("a record that fails for ever")));
        pass(Duration.ofMinutes(4));
        failures.failed(new StreamsException(new IllegalStateException("a record that fails for ever")));
        failures.failed(new AuthorizationException("no longer allowed"));

        assertThat(failures.ofLate()).isEqualTo(3);
    }

    @Test
    void anAbsentBrokerIsNoFault() {
        for (int i = 0; i < 100; i++) {
            failures.failed(new StreamsException(new TimeoutException("no answer")));
            failures.failed(new StreamsException(new KafkaException("in error", new TimeoutException("no answer"))));
        }

        assertThat(failures.ofLate()).isZero();
    }

    @Test
    void forgetsAfterTenMinutes() {
        failures.failed(new IllegalStateException("once"));
        pass(Duration.ofMinutes(6));
        failures.failed(new IllegalStateException("twice"));
        pass(Duration.ofMinutes(4));

        assertThat(failures.ofLate()).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
