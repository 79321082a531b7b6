package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a budget through all processes; recorded answers take tokens too. */
class BudgetIT {

    private static final int TASKS = 40;
    private static final long BUDGET = 1_000;
    /** What the recorded answer took; what is reserved for it is a little more. */
    private static final long TAKEN = 100;

    private static final TaskSpec TASK =
            TaskSpec.of("llm", new Payload("{\"model\":\"m\",\"prompt\":\"Say hello.\",\"maxOutputTokens\":100}"));
    private static final Pattern HASH = Pattern.compile("prompt ([0-9a-f]{64})");

    @TempDir
    private @Nullable Path directory;

    @Test
    void parallelTasksStopAtTheBudgetOfTheirRun() throws Exception {
        Path folder = Objects.requireNonNull(directory);
        Path recorded = folder.resolve("recorded");
        try (Fleet fleet = Fleet.start(
                folder.resolve("fleet"),
                Map.of("fleet.llm.provider", "recorded", "fleet.llm.recorded.directory", recorded.toString()))) {
            record(fleet, recorded);

            RunId id = fleet.submit(
                    Collections.nCopies(TASKS, TASK), RunOptions.DEFAULTS.within(new RunBudget(BUDGET, null)));
            fleet.awaitEnd(id);

            List<TaskOutcome> outcomes = fleet.outcomes(id);
            assertThat(outcomes.stream().filter(outcome -> outcome.status() == TaskStatus.SUCCEEDED))
                    .hasSize((int) (BUDGET / TAKEN) - 1);
            assertThat(outcomes.stream().filter(outcome -> outcome.status() != TaskStatus.SUCCEEDED))
                    .hasSize(TASKS - (int) (BUDGET / TAKEN) + 1)
                    .allSatisfy(outcome -> {
                        Failure failure = Objects.requireNonNull(outcome.failure());
                        assertThat(failure.code()).isEqualTo("BUDGET_EXHAUSTED");
                        assertThat(failure.reason())
                                .isEqualTo(
                                        "options.budget.maxTokens: 900 of 1,000 tokens are spent, this call may take 120");
                        assertThat(failure.retryable()).isFalse();
                    });
            assertThat(fleet.view(id).budget()).isEqualTo(new RunBudget(BUDGET, null));
        }
    }

    /** The file is named by what is asked; a call that finds none says how. */
    private static void record(Fleet fleet, Path recorded) throws Exception {
        RunId id = fleet.submit(List.of(TASK), null);
        fleet.awaitEnd(id);
        Failure failure = Objects.requireNonNull(fleet.outcomes(id).getFirst().failure());
        var hash = HASH.matcher(failure.reason());
        assertThat(hash.find()).as(failure.reason()).isTrue();
        Path file = recorded.resolve("llm").resolve(hash.group(1) + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                {"agent": "llm", "prompt": "%s", "model": "m", "text": "Hello.", "stopReason": "END",
                 "usage": {"input": 20, "output": 80, "cacheRead": 0, "cacheWrite": 0}}""".formatted(hash.group(1)));
    }
}
