package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.agentfleet.cli.client.DeadLetterView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.local.Signal;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of claimed work when its worker hangs, dies, or is killed by the work itself. Four workers begin; each test
 * leaves fewer. {@code -Dtrial.claimed=N} sets how many attempts each worker holds.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostWorkerIT {

    private static final int CLAIMED = Integer.getInteger("trial.claimed", 10);
    private static final int TASKS = 4 * CLAIMED;
    private static final int SLOTS = 2 * TASKS;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One line of the ledger: an attempt began. */
    private record Begun(String task, int attempt, String worker, long pid) {

        static Begun parse(String line) {
            String[] fields = line.split(" ");
            return new Begun(fields[0], Integer.parseInt(fields[1]), fields[2], Long.parseLong(fields[3]));
        }
    }

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

    @BeforeAll
    static void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(
                        FleetHome.current(), Objects.requireNonNull(directory).resolve("fleet"))
                .withWorkers(4)
                .withSlots(SLOTS));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    @Order(1)
    void whatAHungWorkerReportsLateIsIgnored() throws Exception {
        // Given
        Path ledger = ledger("hung");
        RunId id = submitClaimed(ledger);
        List<Begun> lost = begunBy(LocalFleet.worker(4), ledger);
        String hung = lost.getFirst().worker();

        // When
        fleet().processes().signal(LocalFleet.worker(4), Signal.PAUSE);
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(TASKS, 0, 0, 0, 0));
        List<RunEvent> published = fleet().published(id);
        fleet().processes().signal(LocalFleet.worker(4), Signal.CONTINUE);
        Awaitility.await().atMost(PATIENCE).until(() -> isIdle(hung));

        // Then
        assertThat(RunsTopic.reports(fleet().processes().bootstrapServers(), id))
                .as("it came back, and told its results late")
                .anyMatch(report ->
                        report instanceof AttemptSucceeded && report.workerId().equals(hung));
        assertThat(fleet().published(id)).isEqualTo(published);
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
        assertBegunAgainAreOnly(lost, begun(ledger));
        assertThat(fleet().outcomes(id)).extracting(TaskOutcome::workerId).doesNotContain(hung);
    }

    @Test
    @Order(2)
    void aKilledWorkersClaimsRunAgainOnceEach() throws Exception {
        // Given
        Path ledger = ledger("killed");
        RunId id = submitClaimed(ledger);
        List<Begun> lost = begunBy(LocalFleet.worker(1), ledger);

        // When
        Instant killed = Instant.now();
        fleet().processes().kill(LocalFleet.worker(1));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> begun(ledger).size() == TASKS + lost.size());
        System.out.println("kill -9 of a worker with " + lost.size() + " claims: all have begun again "
                + Duration.between(killed, Instant.now()) + " later");

        // Then
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(TASKS, 0, 0, 0, 0));
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
        assertBegunAgainAreOnly(lost, begun(ledger));
    }

    @Test
    @Order(3)
    void aTaskThatKillsItsWorkersEndsInTheDeadLetters() throws Exception {
        // Given: more workers than it can kill
        fleet().processes().addWorker();
        fleet().processes().addWorker();
        Path ledger = ledger("killer");
        TaskSpec killer = Shell.task("echo $FLEET_ATTEMPT >> \"$1\"; kill -9 $PPID; sleep 60", ledger);
        RunOptions twice = new RunOptions(null, null, null, null, null, new RetryPolicy(2, null, null, null, null));
        List<TaskSpec> others = Collections.nCopies(200, Shell.task("sleep 0.1"));

        // When
        RunId id = fleet().submit(List.of(killer), twice);
        RunId harmless = fleet().submit(others, null);

        // Then
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(0, 1, 0, 0, 0));
        assertThat(fleet().outcomes(id))
                .extracting(
                        TaskOutcome::attempts,
                        outcome -> Objects.requireNonNull(outcome.failure()).code())
                .containsExactly(tuple(2, FailureCode.WORKER_LOST));
        List<DeadLetterView> buried = new ArrayList<>();
        fleet().api().deadLetters(Map.of("agent", "command"), 10, buried::add);
        assertThat(buried).hasSize(1);
        assertThat(String.join("", Ledger.lines(ledger)))
                .as("of each attempt one start before its claim, or one after, or both")
                .matches("1{1,2}2{1,2}");
        assertThat(fleet().awaitEnd(harmless).counts()).isEqualTo(new Counts(200, 0, 0, 0, 0));
        fleet().assertOneOutcomePerTaskAndOneCompletion(harmless, 200);
    }

    /** Returns when every task is claimed. */
    private static RunId submitClaimed(Path ledger) throws InterruptedException {
        TaskSpec task =
                Shell.task("echo $FLEET_TASK_ID $FLEET_ATTEMPT $FLEET_WORKER_ID $PPID >> \"$1\"; sleep 25", ledger);
        RunId id = fleet().submit(Collections.nCopies(TASKS, task), null);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> fleet().api().tasks(id, -1, TASKS).items().stream()
                        .allMatch(view -> view.state() == TaskState.RUNNING));
        return id;
    }

    private static boolean isIdle(String workerId) throws InterruptedException {
        return fleet().api().workers().stream()
                .anyMatch(worker -> worker.heartbeat().workerId().equals(workerId)
                        && worker.heartbeat().busy() == 0);
    }

    private static void assertBegunAgainAreOnly(List<Begun> lost, List<Begun> all) {
        List<String> again = lost.stream().map(Begun::task).toList();
        assertThat(again).isNotEmpty();
        assertThat(all)
                .hasSize(TASKS + again.size())
                .filteredOn(begun -> begun.attempt() > 1)
                .extracting(Begun::task, Begun::attempt)
                .containsExactlyInAnyOrderElementsOf(
                        again.stream().map(task -> tuple(task, 2)).toList());
    }

    private static List<Begun> begunBy(String worker, Path ledger) throws IOException {
        long pid = fleet().processes().child(worker).pid();
        return begun(ledger).stream().filter(begun -> begun.pid() == pid).toList();
    }

    private static List<Begun> begun(Path ledger) throws IOException {
        return Ledger.lines(ledger).stream().map(Begun::parse).toList();
    }

    private static Path ledger(String name) {
        return Objects.requireNonNull(directory).resolve(name);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
