package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool without workers, scaled by nothing but what the orchestrator says, as KEDA scales a Deployment: three at most, the
 * oldest goes first, whatever it has running.
 */
@Tag("long")
class AutoscaleIT {

    private static final int SLOTS = 4;
    private static final int MOST = 3;
    private static final int TASKS = 42;
    private static final Duration TASK = Duration.ofSeconds(4);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration DRAIN = Duration.ofSeconds(60);

    @TempDir
    private @Nullable Path directory;

    private @Nullable Fleet started;
    private final Deque<Child> workers = new ArrayDeque<>();

    @BeforeEach
    void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(FleetHome.current(), Objects.requireNonNull(directory))
                .withWorkers(0)
                .withSlots(SLOTS)
                .withProperties(Map.of(
                        "fleet.orchestrator.scaling.slots-per-worker",
                        Integer.toString(SLOTS),
                        "fleet.agents.command.enabled",
                        "true",
                        "fleet.worker.sandbox.level",
                        "none")));
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void goesFromZeroToThreeWorkersAndBackWithoutDisturbingATask() throws Exception {
        Path begun = Objects.requireNonNull(directory).resolve("begun");
        String script = "echo $FLEET_TASK_ID >> " + begun + "; sleep " + TASK.toSeconds();
        TaskSpec sleep = TaskSpec.of("command", new Payload("{\"argv\":[\"sh\",\"-c\",\"" + script + "\"]}"));
        Instant submitted = Instant.now();
        RunId run = fleet().submit(List.copyOf(Collections.nCopies(TASKS, sleep)), null);

        // When
        int most = 0;
        Duration first = null;
        Instant giveUp = submitted.plus(PATIENCE);
        do {
            scale();
            most = Math.max(most, workers.size());
            if (first == null && fleet().view(run).counts().succeeded() > 0) {
                first = Duration.between(submitted, Instant.now()).minus(TASK);
            }
            Thread.sleep(EVERY);
        } while (!(fleet().view(run).status().isFinal() && workers.isEmpty())
                && Instant.now().isBefore(giveUp));

        // Then
        assertThat(most).isEqualTo(MOST);
        assertThat(workers).as("workers in the end").isEmpty();
        assertThat(fleet().view(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        List<TaskOutcome> outcomes = fleet().outcomes(run);
        List<String> tasks = Files.readAllLines(begun);
        int disturbed = tasks.size() - TASKS;
        assertThat(tasks).as("begun once each, and never again").hasSize(TASKS).doesNotHaveDuplicates();
        assertThat(outcomes.stream().map(TaskOutcome::workerId).distinct()).hasSize(MOST);
        System.out.printf(
                "0 -> %d -> 0 workers: first task began after %.1f s, all done after %.1f s, tasks disturbed %d%n",
                most,
                Objects.requireNonNull(first).toMillis() / 1e3,
                Duration.between(
                                        submitted,
                                        outcomes.stream()
                                                .map(TaskOutcome::at)
                                                .max(Instant::compareTo)
                                                .orElseThrow())
                                .toMillis()
                        / 1e3,
                disturbed);
    }

    /** One look, one step, as an autoscaler does it: it knows nothing of what a worker is doing. */
    private void scale() throws Exception {
        int wanted = Math.min(MOST, ScalingFigures.of(fleet().api()).desired());
        while (workers.size() < wanted) {
            workers.add(fleet().processes().addWorker());
        }
        if (workers.size() > wanted) {
            fleet().processes().stop(workers.remove().name(), DRAIN);
        }
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
