package dev.agentfleet.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.client.WaitsFor;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void alignsColumnsAndKeepsControlCharactersOut() {
        var table = new Table("name", "size").row("a\nb\033[31m", 5).row("c", 12_345);

        assertThat(table.lines()).containsExactly("name        size", "a?b?[31m       5", "c         12,345");
    }

    @Test
    void writesDurationsForPeople() {
        assertThat(List.of(12, 4_200, 200_000, 7_500_000))
                .extracting(millis -> Figures.duration(Duration.ofMillis(millis)))
                .containsExactly("12 ms", "4.2 s", "3 min 20 s", "2 h 5 min");
    }

    @Test
    void saysWhyATaskWaits() {
        var waitsFor = new WaitsFor("NO_SLOT", "all are\nbusy (4 of 4)", null);

        assertThat(TaskReason.of(task(TaskState.WAITING, waitsFor)))
                .isEqualTo("not dispatched yet: all are?busy (4 of 4)");
        assertThat(TaskReason.of(task(TaskState.DISPATCHED, waitsFor)))
                .isEqualTo("dispatched, not started: all are?busy (4 of 4)");
        assertThat(TaskReason.of(task(TaskState.BACKING_OFF, waitsFor)))
                .isEqualTo("to be tried again: all are?busy (4 of 4)");
        assertThat(TaskReason.of(task(TaskState.WAITING, null))).isEqualTo("not dispatched yet");
        assertThat(TaskReason.of(task(TaskState.RUNNING, null))).isEqualTo("running on w1 since 2026-01-02T03:04:05Z");
        assertThat(TaskReason.of(task(TaskState.FAILED, null))).isEqualTo("BUSY: try later");
    }

    @Test
    void saysUntilWhenARunIsHeldAndWhatItsBudgetIs() {
        var held = new RunView(
                new RunId("r1"),
                RunStatus.RUNNING,
                1,
                2,
                true,
                Counts.ZERO,
                2,
                0,
                0,
                0,
                null,
                new RunBudget(100_000L, new BigDecimal("2.50")),
                NOW,
                null,
                null,
                null,
                NOW.minusSeconds(60),
                null);

        assertThat(RunText.lines(held))
                .contains(
                        "  starts    2026-01-02T03:04:05Z; no task is dispatched before",
                        "  budget    at most $2.5 and 100,000 tokens");
    }

    private static TaskView task(TaskState state, @Nullable WaitsFor waitsFor) {
        @Nullable String worker = state == TaskState.RUNNING ? "w1" : null;
        return new TaskView(
                TaskId.parse("r1/3"),
                3,
                "echo",
                "default",
                state,
                1,
                0,
                worker,
                NOW,
                NOW,
                Failure.retryable("BUSY", "try later"),
                waitsFor);
    }
}
