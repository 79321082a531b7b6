package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only orchestrator is killed again and again while it works on a batch with retries. By hand at full size:
 * {@code -Dtest.args="-Dkills=20 -Dkills.tasks=20000 -Dkills.seed=N"}.
 */
@Tag("long")
class OrchestratorKillsIT {

    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int TASKS = Integer.getInteger("kills.tasks", 2_000);
    private static final long SEED = Long.getLong("kills.seed", 5);
    private static final int CHUNK = 500;

    /** Of so many tasks one fails at first, and leaves a line for each of its attempts. */
    private static final int FLAKY_EVERY = 10;

    private static final String FLAKY =
            "echo \"$FLEET_TASK_ID $FLEET_ATTEMPT\" >> \"$1\"; [ \"$FLEET_ATTEMPT\" -ge 2 ]";
    private static final TaskSpec STEADY = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT0.02S\"}"));
    private static final RetryPolicy RETRY =
            new RetryPolicy(4, Duration.ofMillis(300), Duration.ofSeconds(2), null, null);
    private static final RunOptions OPTIONS = new RunOptions(24, null, null, null, null, RETRY);

    @TempDir
    private @Nullable Path directory;

    private @Nullable Fleet started;

    @BeforeEach
    void start() throws Exception {
        started = Fleet.start(Objects.requireNonNull(directory).resolve("fleet"));
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void itsStateIsThatOfItsLastCommitAfterEveryKill() throws Exception {
        // Given
        System.out.println(KILLS + " kills, " + TASKS + " tasks, seed " + SEED);
        Path ledger = Objects.requireNonNull(directory).resolve("ledger");
        Random dice = new Random(SEED);
        RunId id = submit(ledger);
        List<Map<TaskId, TaskOutcome>> shown = new ArrayList<>();

        // When
        try (var committed = new CommittedEvents(fleet().processes().bootstrapServers())) {
            for (int kill = 0; kill < KILLS; kill++) {
                long until = (long) (TASKS * (kill + dice.nextDouble()) / (KILLS + 1));
                Awaitility.await()
                        .atMost(Duration.ofMinutes(5))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> committed.number(id) >= until);
                Map<TaskId, TaskOutcome> before = committed.outcomes(id);
                Instant dead = Instant.now();
                fleet().processes().kill(LocalFleet.ORCHESTRATOR);
                fleet().processes().restart(LocalFleet.ORCHESTRATOR);
                Map<TaskId, TaskOutcome> after = shown(id);
                System.out.printf(
                        "kill %d after %d outcomes; serves again after %.1f s, and shows %d%n",
                        kill + 1,
                        before.size(),
                        Duration.between(dead, Instant.now()).toMillis() / 1_000.0,
                        after.size());
                assertThat(after).as("what was committed before the kill").containsAllEntriesOf(before);
                shown.add(after);
            }

            // Then
            RunView end = fleet().awaitEnd(id);
            assertThat(end.counts()).isEqualTo(new Counts(TASKS, 0, 0, 0, 0));
            fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
            assertThat(end.attempts()).isEqualTo(TASKS + flaky());
            Awaitility.await().until(() -> committed.number(id) == TASKS);
            Map<TaskId, TaskOutcome> published = committed.outcomes(id);
            for (Map<TaskId, TaskOutcome> after : shown) {
                assertThat(published).as("what was shown after a kill").containsAllEntriesOf(after);
            }
            assertThat(Ledger.lines(ledger)).doesNotHaveDuplicates().hasSize(2 * flaky());

            // When
            fleet().processes().kill(LocalFleet.ORCHESTRATOR);
            fleet().processes().restart(LocalFleet.ORCHESTRATOR);

            // Then
            assertThat(fleet().view(id)).isEqualTo(end);
            assertThat(shown(id)).isEqualTo(published);
            assertThat(end.completedAt())
                    .isEqualTo(((RunCompleted) fleet().published(id).getLast()).completedAt());
        }
    }

    private Map<TaskId, TaskOutcome> shown(RunId id) throws Exception {
        Map<TaskId, TaskOutcome> outcomes = new HashMap<>();
        fleet().outcomes(id).forEach(outcome -> outcomes.put(outcome.taskId(), outcome));
        return outcomes;
    }

    private RunId submit(Path ledger) throws InterruptedException {
        RunId id = Fleet.newId();
        fleet().api().submit(new SubmitRun(id, null, null, null, null, OPTIONS, true));
        int chunks = 0;
        for (int from = 0; from < TASKS; from += CHUNK) {
            List<TaskSpec> tasks = new ArrayList<>();
            for (int index = from; index < Math.min(TASKS, from + CHUNK); index++) {
                tasks.add(index % FLAKY_EVERY == 0 ? Shell.task(FLAKY, ledger) : STEADY);
            }
            chunks++;
            fleet().api().append(id, Json.write(new AppendTasks(id, chunks, tasks)));
        }
        fleet().api().seal(id, new SealRun(id, chunks, TASKS, null));
        return id;
    }

    private static int flaky() {
        return (TASKS + FLAKY_EVERY - 1) / FLAKY_EVERY;
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
