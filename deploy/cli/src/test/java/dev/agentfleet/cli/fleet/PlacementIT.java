package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long tasks hold every slot of one worker to the end of the test, and another worker is idle. */
class PlacementIT {

    private static final int SLOTS = 4;
    private static final TaskSpec LONG = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT10M\"}"));
    private static final TaskSpec SHORT = TaskSpec.of("echo", Payload.NULL);

    @TempDir
    private @Nullable Path directory;

    private @Nullable Fleet started;

    @BeforeEach
    void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(FleetHome.current(), Objects.requireNonNull(directory))
                .withWorkers(1)
                .withSlots(SLOTS));
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void nothingWaitsBehindThem() throws Exception {
        // Given: on one worker the long ones, and behind them what was sent before there was another worker
        RunId longs = submit(LONG, SLOTS);
        await(() -> fleet().api().workers().getFirst().heartbeat().busy() == SLOTS);
        RunId before = submit(SHORT, 1);
        await(() -> fleet().view(before).status() == RunStatus.RUNNING);

        // When
        fleet().processes().addWorker();
        await(() -> fleet().api().workers().size() == 2
                && fleet().api().workers().stream()
                        .noneMatch(worker -> worker.heartbeat().partitions().isEmpty()));
        RunId after = submit(SHORT, 200);

        // Then
        await(() -> fleet().view(after).status().isFinal());
        await(() -> fleet().view(before).status().isFinal());
        assertThat(fleet().view(after).counts()).isEqualTo(new Counts(200, 0, 0, 0, 0));
        assertThat(fleet().view(before).counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
        assertThat(fleet().view(longs).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(fleet().processes().child(LocalFleet.worker(1)).isAlive()).isTrue();
    }

    private RunId submit(TaskSpec task, int tasks) throws InterruptedException {
        return fleet().submit(List.copyOf(Collections.nCopies(tasks, task)), null);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
