package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.Ledger;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers of one slot end themselves between two steps that belong together, and another one takes over. */
@Tag("long")
class FailpointIT {

    private static final String BEFORE_RESULT = "before-result";
    private static final String AFTER_RESULT = "after-result";
    private static final String AFTER_CLAIM = "after-claim";
    private static final RunId BRIEF = new RunId("brief");
    private static final RunId LASTING = new RunId("lasting");
    private static final int BRIEF_TASKS = 48;
    private static final int LASTING_TASKS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than a brief task takes on the busiest machine. */
    private static final Duration NEVER = Duration.ofMinutes(1);

    private static final Duration SOON = Duration.ofMillis(500);

    private static final ChaosOptions OPTIONS = new ChaosOptions(
            0,
            Duration.ZERO,
            List.of(),
            1,
            0,
            PATIENCE,
            Duration.ZERO,
            0,
            Path.of("target", "chaos", "failpoints"),
            Map.of());

    private static @Nullable Records records;
    private static List<Execution> executions = List.of();
    private static final Map<String, Long> DOOMED = new HashMap<>();

    @BeforeAll
    static void letThemDieAndBeSucceeded() throws Exception {
        Files.createDirectories(OPTIONS.directory());
        Files.deleteIfExists(OPTIONS.ledger());
        var deployment =
                new LocalDeployment(OPTIONS.fleet(FleetHome.current()), SystemTime.INSTANCE, System.out::println);
        try (var cluster = new Cluster(deployment, 0, SystemTime.INSTANCE, System.out::println)) {
            cluster.start();
            String first = cluster.addDoomedWorker(BEFORE_RESULT, 1, NEVER);
            String second = cluster.addDoomedWorker(AFTER_RESULT, 1, NEVER);
            String third = cluster.addDoomedWorker(AFTER_CLAIM, 1, SOON);
            DOOMED.put(BEFORE_RESULT, cluster.number(first));
            DOOMED.put(AFTER_RESULT, cluster.number(second));
            DOOMED.put(AFTER_CLAIM, cluster.number(third));
            await().atMost(PATIENCE).until(() -> sharing(cluster) == DOOMED.size());
            submit(cluster, BRIEF, BRIEF_TASKS, Ledger.line('S') + "; " + Ledger.line('E'));
            assertThat(cluster.awaitEnd(first, PATIENCE)).isTrue();
            assertThat(cluster.awaitEnd(second, PATIENCE)).isTrue();
            submit(cluster, LASTING, LASTING_TASKS, Ledger.line('S') + "; sleep 1.5; " + Ledger.line('E'));
            assertThat(cluster.awaitEnd(third, PATIENCE)).isTrue();
            cluster.addWorker();
            for (RunId run : List.of(BRIEF, LASTING)) {
                await().atMost(PATIENCE).until(() -> cluster.api().run(run).status() == RunStatus.SUCCEEDED);
            }
            records = TopicsReader.read(new KafkaClients(cluster.bootstrapServers()));
            try (var lines = Files.lines(OPTIONS.ledger())) {
                executions = Ledger.read(lines);
            }
        }
    }

    @Test
    void everyTaskHasOneOutcome() {
        assertThat(outcomes()).hasSize(BRIEF_TASKS + LASTING_TASKS);
        assertThat(outcomes().map(TaskOutcome::taskId).distinct()).hasSize(BRIEF_TASKS + LASTING_TASKS);
        assertThat(outcomes()).allMatch(outcome -> outcome.status() == TaskStatus.SUCCEEDED);
    }

    @Test
    void onlyWhatTheyHadInHandRunsAgainAndOnlyOnce() {
        Map<String, List<Execution>> attempts = executions.stream()
                .collect(Collectors.groupingBy(execution -> execution.taskId() + "#" + execution.attempt()));

        attempts.forEach((attempt, starts) -> assertThat(starts)
                .as(attempt)
                .hasSizeLessThanOrEqualTo(
                        DOOMED.containsValue(starts.getFirst().pid())
                                        && starts.getFirst()
                                                .equals(lastOf(starts.getFirst().pid()))
                                ? 2
                                : 1));
    }

    @Test
    void whatWasNeverToldRunsAgainAndCounts() {
        Execution untold = lastOf(BEFORE_RESULT);

        assertThat(reportsOf(untold)).isEmpty();
        assertThat(executionsOf(untold)).hasSize(2);
        assertThat(outcomeOf(untold).attempts()).isEqualTo(1);
    }

    @Test
    void aResultThatIsDurableCountsWhoeverRunsItAgain() {
        Execution told = lastOf(AFTER_RESULT);

        assertThat(reportsOf(told)).singleElement().isInstanceOf(AttemptSucceeded.class);
        assertThat(outcomeOf(told).workerId()).isEqualTo(told.workerId());
    }

    @Test
    void aClaimThatIsDurableHoldsUntilItsLeaseIsOver() {
        Execution claimed = lastOf(AFTER_CLAIM);

        assertThat(reportsOf(claimed)).singleElement().isInstanceOf(AttemptClaimed.class);
        assertThat(outcomeOf(claimed).attempts()).isEqualTo(2);
    }

    private static long sharing(Cluster cluster) throws InterruptedException {
        return cluster.api().workers().stream()
                .filter(worker -> !worker.heartbeat().partitions().isEmpty())
                .count();
    }

    private static void submit(Cluster cluster, RunId run, int tasks, String script) throws Exception {
        var argv = List.of("sh", "-c", script, "sh", OPTIONS.ledger().toString());
        var input = new Payload(Json.mapper().writeValueAsString(Map.of("argv", argv)));
        cluster.api().submit(SubmitRun.batch(run, Collections.nCopies(tasks, TaskSpec.of("command", input)), null));
    }

    private static Stream<TaskOutcome> outcomes() {
        return Objects.requireNonNull(records).events().stream()
                .map(Logged::message)
                .filter(TaskOutcome.class::isInstance)
                .map(TaskOutcome.class::cast);
    }

    private static TaskOutcome outcomeOf(Execution execution) {
        return outcomes()
                .filter(outcome -> outcome.taskId().equals(execution.taskId()))
                .findFirst()
                .orElseThrow();
    }

    /** What the worker that died said of the attempt. */
    private static List<AttemptReport> reportsOf(Execution execution) {
        return Objects.requireNonNull(records).reports().stream()
                .map(Logged::message)
                .filter(report -> report.taskId().equals(execution.taskId())
                        && report.workerId().equals(execution.workerId()))
                .toList();
    }

    /** All of the same attempt. */
    private static List<Execution> executionsOf(Execution execution) {
        return executions.stream()
                .filter(other -> other.taskId().equals(execution.taskId()) && other.attempt() == execution.attempt())
                .toList();
    }

    private static Execution lastOf(String failpoint) {
        return lastOf(Objects.requireNonNull(DOOMED.get(failpoint)));
    }

    private static Execution lastOf(long pid) {
        return executions.stream()
                .filter(execution -> execution.pid() == pid)
                .reduce((_, later) -> later)
                .orElseThrow();
    }
}
