package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final TaskState SENT = new TaskState.Dispatched("default", 1, 0, NOW, null);
    private static final TaskState RUNNING = new TaskState.Running("default", 1, 0, "w", NOW, null);

    @Test
    void whatIsClaimedIsInFlightAndNotQueued() {
        Progress sent = Progress.NONE.moved(0, TaskState.WAITING, SENT).moved(1, TaskState.WAITING, SENT);
        assertThat(sent.queued("default")).isEqualTo(2);

        Progress claimed = sent.moved(0, SENT, RUNNING);

        assertThat(claimed.inFlight()).isEqualTo(Map.of("default", 2));
        assertThat(claimed.queued("default")).isEqualTo(1);
        assertThat(claimed.queued("gpu")).isZero();
    }

    @Test
    void stateOfAnEarlierVersionCountsNothingAsQueuedForEver() throws Exception {
        String stored = """
                {"cursor":2,"inFlight":{"default":2},"backingOff":0,
                 "counts":{"succeeded":0,"failed":0,"timedOut":0,"cancelled":0,"skipped":0},"attempts":2,"failed":[]}
                """;

        Progress read = Json.mapper().readValue(stored, Progress.class);

        assertThat(read.queued("default")).isZero();
        Progress moved = read.moved(0, SENT, RUNNING).moved(2, TaskState.WAITING, SENT);
        assertThat(moved.queued("default")).isNotNegative();
    }
}
