package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final TaskState SENT = new TaskState.Dispatched("default", 1, 0, NOW, null);
    private static final TaskState AGAIN = new TaskState.BackingOff(1, 1, NOW, null, null);
    private static final Duration RAN = Duration.ofSeconds(3);
    private static final Cost COST = new Cost(70, 30, 2_000, 50L, null);
    private static final TaskState RUNNING = new TaskState.Running("default", 1, 0, "w", NOW, null);

    @Test
    void whatIsClaimedIsInFlightAndNotQueued() {
        Progress sent = Progress.NONE.moved(0, TaskState.WAITING, SENT, null).moved(1, TaskState.WAITING, SENT, null);
        assertThat(sent.queued("default")).isEqualTo(2);

        Progress claimed = sent.moved(0, SENT, RUNNING, null);

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
        Progress moved = read.moved(0, SENT, RUNNING, null).moved(2, TaskState.WAITING, SENT, null);
        assertThat(moved.queued("default")).isNotNegative();
    }

    @Test
    void beginsTheSumOfItsWorkWithTheFirstAttemptThatEnds() {
        Progress running =
                Progress.NONE.moved(0, TaskState.WAITING, SENT, null).moved(1, TaskState.WAITING, SENT, null);
        assertThat(running.workDone()).isNull();

        Progress one = running.moved(0, SENT, AGAIN, new AttemptEnd(WasteCause.FAILED, RAN, COST));
        Progress both = one.moved(1, SENT, AGAIN, new AttemptEnd(null, RAN, COST));

        assertThat(both.workDone())
                .isEqualTo(Work.of(new Effort(1, RAN, COST), Map.of(WasteCause.FAILED, new Effort(1, RAN, COST))));
        assertThat(both.withFailed(List.of(1)).withoutFailed().work()).isEqualTo(both.work());
    }

    @Test
    void saysNothingOfTheWorkOfARunOfWhichAnEarlierVersionSawAttemptsEnd() throws Exception {
        String stored = """
                {"cursor":2,"inFlight":{"default":1},"claimed":{},"backingOff":0,
                 "counts":{"succeeded":1,"failed":0,"timedOut":0,"cancelled":0,"skipped":0},"attempts":2,"failed":[]}
                """;
        Progress read = Json.mapper().readValue(stored, Progress.class);

        assertThat(read.moved(0, SENT, AGAIN, new AttemptEnd(null, RAN, COST)).workDone())
                .isNull();
    }

    @Test
    void readsTheWorkThatWasStored() throws Exception {
        Progress some = Progress.NONE
                .moved(0, TaskState.WAITING, SENT, null)
                .moved(0, SENT, AGAIN, new AttemptEnd(WasteCause.LEASE_LOST, RAN, COST));

        byte[] stored = Json.mapper().writeValueAsBytes(some);

        assertThat(Json.mapper().readValue(stored, Progress.class)).isEqualTo(some);
    }
}
