package dev.agentfleet.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaOptionsTest {
    private final EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(Path.of("data"));

    @Test
    void refusesAPortOutOfRange() {
        assertThatThrownBy(() -> options.withBrokerPort(70_000))
                .hasMessage("port '70000': must be a port from 1 to 65535, or 0 for a free one");
        assertThatThrownBy(() -> options.withControllerPort(-1))
                .hasMessage("controller-port '-1': must be a port from 1 to 65535, or 0 for a free one");
    }

    @Test
    void refusesOnePortForBoth() {
        assertThatThrownBy(() -> options.withBrokerPort(9092).withControllerPort(9092))
                .hasMessage("controller-port '9092': must differ from the broker's port");
    }
}
