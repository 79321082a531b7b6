package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.local.Signal;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two orchestrators the one that owns runs in work dies or hangs: the other takes its place. */
@Tag("long")
class FailoverIT {

    /** Fifteen seconds are promised on a machine that has time. */
    private static final Duration BOUND = Duration.ofSeconds(40);

    /** What an owner wrote in its last moment may have a later time than the moment. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int SHORT_TASKS = 500;
    private static final int LONG_TASKS = 6;
    /** Beyond the lease of 15 s, however the owners change meanwhile. */
    private static final String LONG = "echo \"$FLEET_TASK_ID $FLEET_ATTEMPT\" >> \"$1\"; sleep 40";

    private static final TaskSpec SHORT = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT0.05S\"}"));
    private static final RunOptions SOME_AT_ONCE = new RunOptions(8, null, null, null, null, null);

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

    @TempDir
    private @Nullable Path ledgers;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private @Nullable CommittedEvents committed;

    @BeforeAll
    static void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(FleetHome.current(), Objects.requireNonNull(directory))
                .withOrchestrators(2));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @BeforeEach
    void bothOwnTheirShare() throws Exception {
        for (Child orchestrator : processes().orchestrators()) {
            if (!orchestrator.isAlive()) {
                processes().restart(orchestrator.name());
            }
        }
        for (Child orchestrator : processes().orchestrators()) {
            eventually(() -> Owners.idOwnedBy(http, processes().api(orchestrator.name())));
        }
        committed = new CommittedEvents(processes().bootstrapServers());
    }

    @AfterEach
    void forget() throws InterruptedException {
        Objects.requireNonNull(committed).close();
        http.shutdownNow();
    }

    @Test
    void aSurvivorTakesThePlaceOfAKilledOwner() throws Exception {
        // Given
        Work work = workOf(LocalFleet.orchestrator(2), LocalFleet.orchestrator(1));

        // When
        Instant dead = Instant.now();
        processes().kill(work.owner());

        // Then
        assertGoesOn(work, dead);
        assertNothingIsLostOrRepeated(work);
    }

    @Test
    void anOwnerThatHungComesBackAndRepeatsNothing() throws Exception {
        // Given
        Work work = workOf(LocalFleet.orchestrator(1), LocalFleet.orchestrator(2));

        // When
        Instant paused = Instant.now();
        processes().signal(work.owner(), Signal.PAUSE);
        try {
            assertGoesOn(work, paused);
        } finally {
            processes().signal(work.owner(), Signal.CONTINUE);
        }

        // Then
        FleetApi zombie = processes().api(work.owner());
        eventually(() -> assertThat(zombie.run(work.flowing()).done()).isPositive());
        assertNothingIsLostOrRepeated(work);
        eventually(() -> Owners.idOwnedBy(http, zombie));
    }

    /** Two runs of one owner, in work: short tasks whose outcomes flow, and long ones that are claimed. */
    private record Work(String owner, FleetApi survivor, RunId flowing, RunId claimed, Path ledger) {}

    private Work workOf(String owner, String survivor) throws Exception {
        FleetApi api = processes().api(owner);
        Path ledger = Objects.requireNonNull(ledgers).resolve("ledger");
        RunId claimed = Owners.idOwnedBy(http, api);
        RunId flowing = Owners.idOwnedBy(http, api);
        Work work = new Work(owner, processes().api(survivor), flowing, claimed, ledger);
        api.submit(SubmitRun.batch(claimed, Collections.nCopies(LONG_TASKS, Shell.task(LONG, ledger)), null));
        api.submit(SubmitRun.batch(flowing, Collections.nCopies(SHORT_TASKS, SHORT), SOME_AT_ONCE));
        eventually(() -> assertThat(api.tasks(claimed, -1, LONG_TASKS).items())
                .hasSize(LONG_TASKS)
                .extracting(TaskView::state)
                .containsOnly(TaskState.RUNNING));
        eventually(() -> assertThat(committed().number(flowing)).isGreaterThan(50));
        return work;
    }

    /** Outcomes flow again, and meanwhile a client of the survivor is answered, or told to try again. */
    private void assertGoesOn(Work work, Instant struck) throws InterruptedException {
        String run = "/api/runs/" + work.flowing();
        try (var questions = new Questions(
                http, work.survivor(), run, run + "/tasks?limit=5", run + "/results?limit=5", "/api/runs?limit=5")) {
            Instant again = Awaitility.await()
                    .atMost(BOUND)
                    .until(
                            () -> committed().firstAfter(work.flowing(), struck.plus(LAST_WORDS)),
                            java.util.Optional::isPresent)
                    .orElseThrow();
            System.out.printf(
                    "outcomes flow again %.1f s after %s was struck; answers meanwhile: %s%n",
                    Duration.between(struck, again).toMillis() / 1_000.0, work.owner(), questions.answers());
            eventually(() -> assertThat(questions.answers()).containsKey(200));
            assertThat(questions.wrong()).isEmpty();
        }
    }

    private void assertNothingIsLostOrRepeated(Work work) throws IOException {
        assertThat(fleet().awaitEnd(work.flowing()).counts()).isEqualTo(new Counts(SHORT_TASKS, 0, 0, 0, 0));
        assertThat(fleet().awaitEnd(work.claimed()).counts()).isEqualTo(new Counts(LONG_TASKS, 0, 0, 0, 0));
        fleet().assertOneOutcomePerTaskAndOneCompletion(work.flowing(), SHORT_TASKS);
        fleet().assertOneOutcomePerTaskAndOneCompletion(work.claimed(), LONG_TASKS);
        List<String> once = IntStream.range(0, LONG_TASKS)
                .mapToObj(index -> work.claimed() + "/" + index + " 1")
                .toList();
        assertThat(Ledger.lines(work.ledger())).containsExactlyInAnyOrderElementsOf(once);
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(assertion);
    }

    private CommittedEvents committed() {
        return Objects.requireNonNull(committed);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }

    private static LocalFleet processes() {
        return fleet().processes();
    }
}
