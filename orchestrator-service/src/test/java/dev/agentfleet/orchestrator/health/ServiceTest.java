package dev.agentfleet.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceTest {

    private final Service service = new Service();

    @Test
    void isClosedUntilTheFirstStateIsComplete() {
        assertThat(service.isOpen("NOT_STARTED")).isFalse();
        assertThat(service.isOpen("REBALANCING")).isFalse();
        assertThat(service.isOpen("RUNNING")).isTrue();
    }

    @Test
    void staysOpenWhilePartitionsComeAndGo() {
        service.isOpen("RUNNING");

        assertThat(service.isOpen("REBALANCING")).isTrue();
        assertThat(service.isOpen("PENDING_SHUTDOWN")).isFalse();
        assertThat(service.isOpen("ERROR")).isFalse();
    }
}
