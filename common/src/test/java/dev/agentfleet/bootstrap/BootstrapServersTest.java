package dev.agentfleet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private final AtomicInteger waits = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9092",
                "[::1]:9092",
                "PLAINTEXT://localhost:9092",
                "no-such-host.invalid:9092, localhost:9092",
                "not written as it should be"
            })
    void goesOnAtOnceWhereTheClientsCan(String servers) throws InterruptedException {
        assertThat(new BootstrapServers(servers).awaitName(BOUND, waits::incrementAndGet))
                .isEmpty();
        assertThat(waits).hasValue(0);
    }

    @Test
    void waitsForANameThatComesLater() throws InterruptedException {
        var looks = new AtomicInteger();

        assertThat(new BootstrapServers("kafka:9092,kafka-2:9092")
                        .awaitName(
                                BOUND,
                                waits::incrementAndGet,
                                host -> host.equals("kafka-2") && looks.incrementAndGet() == 2))
                .isEmpty();
        assertThat(waits).hasValue(1);
    }

    @Test
    void saysWhichSettingNamesNobody() throws InterruptedException {
        assertThat(new BootstrapServers("no-such-host.invalid:9092").awaitName(Duration.ZERO, waits::incrementAndGet))
                .contains("kafka.bootstrap.servers: 'no-such-host.invalid:9092' must name a host that can be resolved;"
                        + " none could within PT0S");
    }
}
