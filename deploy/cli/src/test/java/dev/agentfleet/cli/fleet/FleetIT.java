package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {

    private static final String DISTRUSTED = "the last stop was not clean";
    private static final RetryPolicy ONCE = new RetryPolicy(1, null, null, null, null);

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

    @TempDir
    private @Nullable Path ledgers;

    @BeforeAll
    static void start() throws Exception {
        started = Fleet.start(Objects.requireNonNull(directory));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void neverRunsMoreTasksAtOnceThanTheRunsConcurrency() throws Exception {
        // Given
        Path ledger = ledger("intervals");
        TaskSpec task = Shell.task("s=$(date +%s%N); sleep 0.1; echo $s $(date +%s%N) >> \"$1\"", ledger);

        // When
        RunId id = fleet().submit(Collections.nCopies(100, task), new RunOptions(7, null, null, null, null, null));

        // Then
        assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        List<String> intervals = Files.readAllLines(ledger);
        assertThat(intervals).hasSize(100);
        assertThat(mostAtOnce(intervals)).isBetween(2, 7);
    }

    @Test
    void retriesWithGrowingWaitsAcrossAKilledOrchestrator() throws Exception {
        // Given
        Path ledger = ledger("attempts");
        TaskSpec task = Shell.task("date +%s%N >> \"$1\"; [ $(wc -l < \"$1\") -ge 3 ]", ledger);
        RetryPolicy retry = new RetryPolicy(5, Duration.ofSeconds(2), null, 3.0, 0.0);
        RunId id = fleet().submit(List.of(task), new RunOptions(null, null, null, null, null, retry));

        // When
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Ledger.lines(ledger).size() == 2);
        fleet().processes().kill(LocalFleet.ORCHESTRATOR);
        fleet().processes().restart(LocalFleet.ORCHESTRATOR);

        // Then
        assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(fleet().outcomes(id)).extracting(TaskOutcome::attempts).containsExactly(3);
        List<Long> times = Ledger.lines(ledger).stream().map(Long::valueOf).toList();
        assertThat(times).hasSize(3);
        assertThat(times.get(1) - times.get(0)).as("first wait").isGreaterThan(1_900_000_000L);
        assertThat(times.get(2) - times.get(1)).as("second wait").isGreaterThan(5_900_000_000L);
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, 1);
    }

    /** A crash may leave writes of an aborted transaction in it (KAFKA-20685). */
    @Test
    void trustsItsStateAfterAStopButNotAfterAKillAndIsReadyOnlyOnceItIsRebuilt() throws Exception {
        // Given
        RunId id = fleet().submit(List.of(TaskSpec.of("echo", Payload.NULL)), null);
        RunView run = fleet().awaitEnd(id);

        // When
        fleet().processes().restart(LocalFleet.ORCHESTRATOR);

        // Then
        assertThat(orchestratorLog()).doesNotContain(DISTRUSTED);
        assertThat(fleet().view(id)).isEqualTo(run);

        // When
        URI server = fleet().api().server();
        fleet().processes().kill(LocalFleet.ORCHESTRATOR);
        try (var starting = new StartingOrchestrator(server, "/api/runs/" + id)) {
            fleet().processes().restart(LocalFleet.ORCHESTRATOR);

            // Then
            StartingOrchestrator.Answers answers = starting.answers();
            assertThat(answers.readiness()).startsWith(503).containsOnly(503, 200);
            assertThat(answers.resourceWhenReady()).isEqualTo(200);
        }
        assertThat(orchestratorLog()).contains(DISTRUSTED);
        assertThat(fleet().view(id)).isEqualTo(run);
    }

    private static String orchestratorLog() throws IOException {
        return Files.readString(
                Objects.requireNonNull(directory).resolve("logs").resolve(LocalFleet.ORCHESTRATOR + ".log"));
    }

    @Test
    void failFastCancelsTheRest() throws Exception {
        // Given
        Path ledger = ledger("ran");
        TaskSpec task = Shell.task("echo ran >> \"$1\"; exit 3", ledger);

        // When
        RunId id = fleet().submit(
                        Collections.nCopies(50, task),
                        new RunOptions(1, null, null, null, FailurePolicy.FAIL_FAST, ONCE));

        // Then
        RunView run = fleet().awaitEnd(id);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.counts()).isEqualTo(new Counts(0, 1, 0, 49, 0));
        assertThat(Ledger.lines(ledger)).containsExactly("ran");
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, 50);
    }

    @Test
    void aTaskOverItsTimeoutEndsTimedOutAndItsProcessIsGone() throws Exception {
        // Given
        Path ledger = ledger("pids");
        TaskSpec task = Shell.task("echo $$ >> \"$1\"; sleep 300 & echo $! >> \"$1\"; wait", ledger);

        // When
        RunId id = fleet().submit(List.of(task), new RunOptions(null, Duration.ofSeconds(2), null, null, null, ONCE));

        // Then
        assertThat(fleet().awaitEnd(id).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(TaskStatus.TIMED_OUT));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Ledger.lines(ledger)).hasSize(2).noneMatch(Ledger::isRunning));
    }

    @Test
    void aCancelReachesRunningProcesses() throws Exception {
        // Given
        Path ledger = ledger("pids");
        RunId id = fleet().submit(
                        Collections.nCopies(40, Shell.task("echo $$ >> \"$1\"; exec sleep 300", ledger)),
                        new RunOptions(4, null, null, null, null, ONCE));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Ledger.lines(ledger).size() == 4);

        // When
        fleet().api().cancel(id, "enough");

        // Then
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(0, 0, 0, 40, 0));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Ledger.lines(ledger)).hasSize(4).noneMatch(Ledger::isRunning));
    }

    /** Counts how many intervals, each a line of start and end, overlap at the most. */
    private static int mostAtOnce(List<String> intervals) {
        Map<Long, Integer> changes = new TreeMap<>();
        for (String interval : intervals) {
            int space = interval.indexOf(' ');
            changes.merge(Long.valueOf(interval.substring(0, space)), 1, Integer::sum);
            changes.merge(Long.valueOf(interval.substring(space + 1)), -1, Integer::sum);
        }
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private Path ledger(String name) {
        return Objects.requireNonNull(ledgers).resolve(name);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
