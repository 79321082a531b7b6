package dev.agentfleet.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceTest {

    private final Service service = new Service();

    @Test
    void isClosedUntilTheFirstStateIsComplete() {
        assertThat(service.isOpen("NOT_STARTED", 0)).isFalse();
        assertThat(service.isOpen("REBALANCING", 0)).isFalse();
        assertThat(service.isOpen("RUNNING", 0)).isTrue();
    }

    @Test
    void staysOpenWhilePartitionsComeAndGo() {
        service.isOpen("RUNNING", 0);

        assertThat(service.isOpen("REBALANCING", 0)).isTrue();
        assertThat(service.isOpen("PENDING_SHUTDOWN", 0)).isFalse();
        assertThat(service.isOpen("ERROR", 0)).isFalse();
    }

    @Test
    void isClosedWhileThreadsFailOneAfterAnother() {
        assertThat(service.isOpen("RUNNING", 2)).isTrue();
        assertThat(service.isOpen("RUNNING", 3)).isFalse();
        assertThat(service.isOpen("REBALANCING", 3)).isFalse();
        assertThat(service.isOpen("REBALANCING", 0)).isTrue();
    }
}
