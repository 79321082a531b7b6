package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.FleetRedrivePlan;
import dev.agentfleet.cli.client.FleetRedrivePlan.PlannedRun;
import dev.agentfleet.cli.client.LetterRedrive;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class RedriveAcrossRunsIT {

    private static final int RUNS = 3;
    private static final int TASKS = 40;
    private static final int RATE = 20;

    @TempDir
    private @Nullable Path directory;

    @Test
    void doesTheFailedTasksOfAllRunsAgainAtOneRateAfterADryRun() throws Exception {
        Path folder = Objects.requireNonNull(directory);
        Path cure = folder.resolve("cure");
        try (Fleet fleet = Fleet.start(folder.resolve("fleet"))) {
            // Given
            List<RunId> runs = new ArrayList<>();
            RetryPolicy once = new RetryPolicy(1, null, null, null, null);
            TaskSpec task = Shell.task("[ -e \"$1\" ]", cure);
            for (int run = 0; run < RUNS; run++) {
                RunId id = fleet.submit(
                        Collections.nCopies(TASKS, task), new RunOptions(null, null, null, null, null, once));
                assertThat(fleet.awaitEnd(id).status()).isEqualTo(RunStatus.FAILED);
                runs.add(id);
            }
            Files.createFile(cure);
            RedriveFilter failed = new RedriveFilter(null, Set.of("EXIT_1"), null);

            // When
            FleetRedrivePlan dry = fleet.api().redrive(new LetterRedrive(failed, "PT1H", null, RATE, null, true));

            // Then
            assertThat(dry.runs()).extracting(PlannedRun::runId).containsExactlyElementsOf(runs);
            assertThat(dry.runs())
                    .extracting(PlannedRun::startAfter)
                    .containsExactly(null, Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(dry.tasks()).isEqualTo(RUNS * TASKS);
            assertThat(fleet.view(runs.getFirst()).revision())
                    .as("a dry run does nothing")
                    .isEqualTo(1);

            // When
            fleet.api().redrive(new LetterRedrive(failed, "PT1H", null, RATE, null, false));
            for (RunId id : runs) {
                Awaitility.await().until(() -> fleet.view(id).revision() == 2);
            }
            FleetRedrivePlan again = fleet.api().redrive(new LetterRedrive(failed, "PT1H", null, RATE, null, false));

            // Then
            assertThat(again.opened()).isZero();
            assertThat(again.runs())
                    .filteredOn(run -> runs.indexOf(run.runId()) == RUNS - 1)
                    .extracting(PlannedRun::skipped)
                    .as("the last one waits for its turn")
                    .allMatch(why -> why != null && why.contains("its revision 2 is running"));
            List<TaskOutcome> second = new ArrayList<>();
            for (RunId id : runs) {
                assertThat(fleet.awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(fleet.outcomes(id, 1))
                        .hasSize(TASKS)
                        .allMatch(outcome -> outcome.status() == TaskStatus.FAILED);
                second.addAll(fleet.outcomes(id, 2));
            }
            assertThat(second)
                    .hasSize(RUNS * TASKS)
                    .allMatch(outcome -> outcome.status() == TaskStatus.SUCCEEDED && outcome.revision() == 2);
            assertThat(span(second)).isGreaterThan(Duration.ofSeconds(RUNS * TASKS / RATE - 1));
        }
    }

    private static Duration span(List<TaskOutcome> outcomes) {
        List<Instant> times = outcomes.stream().map(TaskOutcome::at).sorted().toList();
        return Duration.between(times.getFirst(), times.getLast());
    }
}
