package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Instant CLAIMED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final String WORKER = "worker-a";

    private final WorkerDirectory workers = new WorkerDirectory(LEASE, () -> CLAIMED);
    private final Leases leases = new Leases(workers, LEASE);

    @Test
    void countsFromTheClaimWhileTheWorkerIsUnknown() {
        assertThat(leases.endOf(WORKER, CLAIMED)).isEqualTo(CLAIMED.plus(LEASE));
    }

    @Test
    void countsFromTheLastHeartbeat() {
        heard(27);

        assertThat(leases.endOf(WORKER, CLAIMED))
                .isEqualTo(CLAIMED.plusSeconds(27).plus(LEASE));
    }

    @Test
    void countsFromTheLeaveOfAWorkerWhoseResultsAreStillToBeRead() {
        heard(27);

        workers.left(WORKER, CLAIMED.plusSeconds(29));

        assertThat(leases.endOf(WORKER, CLAIMED))
                .isEqualTo(CLAIMED.plusSeconds(29).plus(LEASE));
    }

    private void heard(int second) {
        workers.heard(
                new WorkerHeartbeat(WORKER, "1", "default", List.of(), 8, 0, List.of(), List.of(), false),
                CLAIMED.plusSeconds(second));
    }
}
