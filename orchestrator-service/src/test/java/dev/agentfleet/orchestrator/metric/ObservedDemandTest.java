package dev.agentfleet.orchestrator.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.partition.HomeLoad;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import dev.agentfleet.orchestrator.scaling.AttemptTime;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservedDemandTest {

    private static final TaskId TASK = new TaskId(new RunId("r"), 0);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final HomeLoads loads = new HomeLoads();
    private final AttemptTimes times = new AttemptTimes();
    private Instant now = START;
    private final ObservedDemand demand = new ObservedDemand(loads, times, () -> now);

    @Test
    void addsUpThePartitionsThatAreAskedFor() {
        load(0, new PoolLoad(100, START, 7, 3, 20, START.plusSeconds(1)));
        load(1, new PoolLoad(0, null, 2, 0, 0, START.minusSeconds(1)));
        load(2, new PoolLoad(5, START.minusSeconds(60), 1, 1, 5, null));

        assertThat(demand.of("default", Set.of(0, 1)))
                .isEqualTo(new PoolDemand(26, 3, START.minusSeconds(1), AttemptTime.NONE));
        assertThat(demand.of("other", Set.of(0, 1))).isEqualTo(PoolDemand.NONE);
    }

    @Test
    void aRunThatMaySendNothingNowIsNotTheOldest() {
        load(0, new PoolLoad(100, START.minusSeconds(60), 3, 0, 0, START));

        assertThat(demand.of("default", Set.of(0)).oldest()).isEqualTo(START);
    }

    @Test
    void isNotToBeHadWithoutAPartition() {
        load(0, new PoolLoad(1, START, 0, 0, 1, null));
        loads.load(1, null);

        assertThatThrownBy(() -> demand.of("default", Set.of(0, 1)))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("home partition 1");
    }

    @Test
    void recentAttemptsWeighMore() {
        ends("default", Duration.ofSeconds(2));
        now = now.plus(AttemptTimes.HALF_LIFE);
        ends("default", Duration.ofSeconds(8));
        ends("gpu", Duration.ofHours(1));
        see(new AttemptClaimed(TASK, 1, "w"), "default", new TaskDecision.Applied(TaskState.WAITING, List.of()));
        now = now.plus(AttemptTimes.HALF_LIFE);

        AttemptTime ended = demand.of("default", Set.of()).ended();

        assertThat(ended.attempts()).isCloseTo(0.75, within(1e-9));
        assertThat(ended.seconds()).isCloseTo(4.5, within(1e-9));
    }

    private void ends(String pool, Duration ran) {
        see(
                new AttemptSucceeded(TASK, 1, "w", Payload.NULL, ran),
                pool,
                new TaskDecision.Applied(TaskState.WAITING, List.of()));
    }

    private void see(AttemptReport report, String pool, TaskDecision decision) {
        TaskState before = new TaskState.Dispatched(pool, 1, 0, START, null);
        times.task(before, new TaskEvent.Reported(report), decision, now);
    }

    private void load(int partition, PoolLoad load) {
        loads.load(partition, new HomeLoad(Map.of("default", load), 0, 1));
    }
}
