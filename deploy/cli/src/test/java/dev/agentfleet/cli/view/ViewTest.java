package dev.agentfleet.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.client.WaitsFor;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    @Test
    void saysHowMuchOfARunsWorkCounts() {
        var work = Work.of(
                new Effort(3, Duration.ofSeconds(6), new Cost(8_000, 1_000, 3_000_000)),
                Map.of(
                        WasteCause.LEASE_LOST,
                        new Effort(2, Duration.ofSeconds(30), null),
                        WasteCause.FAILED,
                        new Effort(1, Duration.ofSeconds(4), new Cost(900, 100, 1_000_000, 600L, 100L))));

        assertThat(WorkText.lines(work))
                .containsExactly(
                        "  accepted  3 of 6 ended attempts (50.0%), 15.0% of their time, 90.0% of tokens, 75.0% of money",
                        "  wasted    1 failed (4.0 s; $0.001000000, 900 tokens in (600 read from a cache, 100 written to one),"
                                + " 100 out); 2 lease lost (30.0 s)");
        assertThat(WorkText.lines(Work.of(new Effort(1, Duration.ZERO, null), Map.of())))
                .containsExactly("  accepted  1 of 1 ended attempt (100.0%)");
    }

    @Test
    void neverRoundsAShareUpToAll() {
        assertThat(List.of(0.9999, 1.0, 0.0004))
                .extracting(Figures::percent)
                .containsExactly("99.9%", "100.0%", "0.0%");
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
                null,
                null,
                waitsFor);
    }
}
