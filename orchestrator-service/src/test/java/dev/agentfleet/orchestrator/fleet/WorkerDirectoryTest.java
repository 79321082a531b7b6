package dev.agentfleet.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerDirectoryTest {
    private static final Instant ZERO = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now = ZERO;
    private final WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), () -> now);

    @Test
    void whoLeftWasHeardOfThenAndServesNobodyAnyMore() {
        heard("a", 0);
        heard("b", 0);

        workers.left("a", ZERO.plusSeconds(3));

        assertThat(workers.lastHeard("a"))
                .as("its last results may still have to be read")
                .isEqualTo(ZERO.plusSeconds(3));
        assertThat(workers.alive())
                .extracting(Entry::heartbeat)
                .extracting(WorkerHeartbeat::workerId)
                .containsExactly("b");
    }

    @Test
    void whoLeftAndComesBackIsHeardOfAsEver() {
        heard("a", 0);
        workers.left("a", ZERO.plusSeconds(3));

        heard("a", 9);

        assertThat(workers.lastHeard("a")).isEqualTo(ZERO.plusSeconds(9));
    }

    @Test
    void whoLeftIsForgottenAfterAnHour() {
        heard("a", 0);
        workers.left("a", ZERO.plusSeconds(3));

        heard("b", 3_604);

        assertThat(workers.lastHeard("a")).isNull();
    }

    private void heard(String id, int second) {
        now = ZERO.plusSeconds(second);
        workers.heard(new WorkerHeartbeat(id, "1", "default", List.of(), 8, 0, List.of(), List.of(), false), now);
    }
}
