package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators, at first no worker: either tells how much the whole fleet has to do. */
@Tag("long")
class ScalingIT {

    private static final int SLOTS = 4;
    private static final int TASKS = 20;
    private static final TaskSpec SLEEP = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT20S\"}"));

    @TempDir
    private @Nullable Path directory;

    private @Nullable Fleet started;

    @BeforeEach
    void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(FleetHome.current(), Objects.requireNonNull(directory))
                .withOrchestrators(2)
                .withWorkers(0)
                .withSlots(SLOTS)
                .withProperties(Map.of("fleet.orchestrator.scaling.slots-per-worker", Integer.toString(SLOTS))));
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void asksForWorkersWhileThereIsWorkAndForNoneAfterIt() throws Exception {
        eventually(figures -> assertThat(figures).isEqualTo(figures(0, 0, 0, 0)));

        // When nobody works
        RunId run = fleet().submit(List.copyOf(Collections.nCopies(TASKS, SLEEP)), null);

        // Then
        eventually(figures -> {
            assertThat(figures.withoutAge()).isEqualTo(figures(TASKS, 0, 0, TASKS / SLOTS));
            assertThat(figures.age()).isPositive();
        });

        // When one works
        fleet().processes().addWorker();

        // Then
        eventually(figures -> {
            assertThat(figures.running()).isEqualTo(SLOTS);
            assertThat(figures.waiting()).isBetween(1, TASKS - SLOTS);
            assertThat(figures.live()).isEqualTo(1);
            assertThat(figures.desired()).isBetween(2, TASKS / SLOTS);
        });

        // When enough work
        fleet().processes().addWorker();
        fleet().processes().addWorker();
        fleet().processes().addWorker();

        // Then
        assertThat(fleet().awaitEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        eventually(figures -> assertThat(figures).isEqualTo(figures(0, 0, 4, 0)));
    }

    private static ScalingFigures figures(int waiting, int running, int live, int desired) {
        return new ScalingFigures(waiting, running, live, desired, 0, SLOTS);
    }

    /** Of each orchestrator. */
    private void eventually(Consumer<ScalingFigures> assertion) {
        fleet().processes()
                .orchestrators()
                .forEach(orchestrator -> Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertion.accept(
                                ScalingFigures.of(fleet().processes().api(orchestrator.name())))));
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
