package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.Screen;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.RedrivePlan;
import dev.agentfleet.cli.command.RedriveCommand;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunCompleted;
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
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("long")
class RedriveIT {

    private static final int TASKS = 1_000;
    private static final int RATE = 50;

    @TempDir
    private @Nullable Path directory;

    @Test
    void doesAThousandDeadLetteredTasksAgainAtTheRateAskedForAfterADryRun() throws Exception {
        Path folder = java.util.Objects.requireNonNull(directory);
        Path cure = folder.resolve("cure");
        try (Fleet fleet = Fleet.start(folder.resolve("fleet"))) {
            // Given
            TaskSpec task = Shell.task("[ -e \"$1\" ]", cure);
            RetryPolicy once = new RetryPolicy(1, null, null, null, null);
            RunId id =
                    fleet.submit(Collections.nCopies(TASKS, task), new RunOptions(null, null, null, null, null, once));
            assertThat(fleet.awaitEnd(id).status()).isEqualTo(RunStatus.FAILED);
            Files.createFile(cure);

            // When
            Screen dry = redrive(fleet, id, "--dry-run", "--json");

            // Then
            assertThat(Json.mapper().readValue(dry.out(), RedrivePlan.class))
                    .isEqualTo(new RedrivePlan(
                            id, 2, TASKS, Map.of("EXIT_1", TASKS), Duration.ofMillis((TASKS - 1) * 1_000L / RATE)));
            assertThat(fleet.view(id).revision()).as("a dry run does nothing").isEqualTo(1);

            // When
            assertThat(redrive(fleet, id).out()).startsWith("run " + id + ": revision 2 does 1,000 tasks again");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.view(id).revision() == 2);
            assertThat(redrive(fleet, id).err()).as("while it runs").contains("must name a run that has ended");

            // Then
            assertThat(fleet.awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
            List<TaskOutcome> first = fleet.outcomes(id, 1);
            List<TaskOutcome> second = fleet.outcomes(id, 2);
            assertThat(first).hasSize(TASKS).allMatch(outcome -> told(outcome).equals("FAILED 1 1"));
            assertThat(second).hasSize(TASKS).allMatch(outcome -> told(outcome).equals("SUCCEEDED 2 2"));
            assertThat(fleet.outcomes(id, null)).isEqualTo(second);
            assertThat(span(second)).isGreaterThan(Duration.ofSeconds(TASKS / RATE - 2));
            assertThat(fleet.published(id).stream()
                            .filter(RunCompleted.class::isInstance)
                            .map(RunCompleted.class::cast))
                    .extracting(RunCompleted::revision, RunCompleted::status)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple(1, RunStatus.FAILED),
                            org.assertj.core.api.Assertions.tuple(2, RunStatus.SUCCEEDED));
            assertThatThrownBy(() -> fleet.outcomes(id, 3))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("revision: '3' must be 1 to 2");
        }
    }

    private static Screen redrive(Fleet fleet, RunId id, String... more) {
        var screen = new Screen();
        var command = new ArrayList<>(List.of(id.value(), "--filter", "code=EXIT_1"));
        command.addAll(List.of(
                "--rate",
                Integer.toString(RATE),
                "--server",
                fleet.processes().server().toString()));
        command.addAll(List.of(more));
        new CommandLine(new RedriveCommand())
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(command.toArray(String[]::new));
        return screen;
    }

    private static String told(TaskOutcome outcome) {
        TaskStatus status = outcome.status();
        return status + " " + outcome.revision() + " " + outcome.attempts();
    }

    private static Duration span(List<TaskOutcome> outcomes) {
        List<Instant> times = outcomes.stream().map(TaskOutcome::at).sorted().toList();
        return Duration.between(times.getFirst(), times.getLast());
    }
}
