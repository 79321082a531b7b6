package dev.agentfleet.orchestrator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolScalingsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final List<WorkerHeartbeat> living = new ArrayList<>();
    private final PoolScalings scalings = new PoolScalings(
            () -> living,
            new PoolScalings.Settings(new DesiredWorkers(Duration.ofSeconds(30), 24), 16, Duration.ofSeconds(10)),
            () -> NOW);

    @Test
    void takesTheConfiguredSlotsAndAttemptTimeWhereNothingIsKnown() {
        PoolDemand demand = new PoolDemand(100, 60, NOW.minusMillis(12_900), AttemptTime.NONE);

        assertThat(scalings.of("default", demand)).isEqualTo(new PoolScaling("default", 100, 60, 12, 100, 16, 0, 4));
    }

    @Test
    void takesTheMeansOfWhatIsObserved() {
        living.add(worker("a", "default", 4, false));
        living.add(worker("b", "default", 7, false));
        living.add(worker("leaves", "default", 100, true));
        living.add(worker("other", "gpu", 100, false));
        PoolDemand demand = new PoolDemand(50, 0, NOW.plusSeconds(1), new AttemptTime(0.5, 1.5));

        assertThat(scalings.of("default", demand)).isEqualTo(new PoolScaling("default", 50, 0, 0, 30, 5, 2, 1));
    }

    @Test
    void nothingToDoTakesNobody() {
        living.add(worker("a", "default", 4, false));

        assertThat(scalings.of("default", PoolDemand.NONE)).isEqualTo(new PoolScaling("default", 0, 0, 0, 0, 4, 1, 0));
    }

    private static WorkerHeartbeat worker(String id, String pool, int slots, boolean draining) {
        return new WorkerHeartbeat(id, "1", pool, List.of(), slots, 0, List.of(), List.of(), draining);
    }
}
