package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clocks of a worker and of the orchestrator go three hours ahead of the broker's; their elapsed time is as ever. */
@Tag("long")
@Tag("tool:cc")
class ClockIT {

    private static final Duration AHEAD = Duration.ofHours(3);
    private static final Duration DEADLINE = Duration.ofHours(1);
    private static final int CLAIMED = 12;
    private static final int FLAKY = 20;
    private static final Pattern LOGGED_AT = Pattern.compile("([0-9]{2}:[0-9]{2}:[0-9]{2})");

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
    void clocksThreeHoursAheadChangeNothing() throws Exception {
        // Given
        Map<String, String> ahead = ahead();
        Instant begin = Instant.now();
        Child worker = fleet().processes().addWorker(Map.of(), ahead);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fleet().api().workers().size() == 3);
        Path ledger = Objects.requireNonNull(directory).resolve("ledger");
        RunId claimed = submitClaimed(ledger);

        // When
        fleet().processes().kill(LocalFleet.ORCHESTRATOR);
        fleet().processes().restart(LocalFleet.ORCHESTRATOR, ahead);

        // Then
        assertIsAhead(worker);
        assertIsAhead(fleet().processes().child(LocalFleet.ORCHESTRATOR));
        RunId flaky = submitFlaky();
        assertThat(fleet().awaitEnd(claimed).attempts()).isEqualTo(CLAIMED);
        assertThat(Ledger.lines(ledger)).doesNotHaveDuplicates().hasSize(CLAIMED);
        assertEndsAsItShould(flaky, begin);

        // When
        Path second = Objects.requireNonNull(directory).resolve("second");
        RunId overTheWayBack = submitClaimed(second);
        fleet().processes().kill(LocalFleet.ORCHESTRATOR);
        fleet().processes().restart(LocalFleet.ORCHESTRATOR);

        // Then
        RunId after = submitFlaky();
        assertThat(fleet().awaitEnd(overTheWayBack).attempts()).isEqualTo(CLAIMED);
        assertThat(Ledger.lines(second)).doesNotHaveDuplicates().hasSize(CLAIMED);
        assertEndsAsItShould(after, begin);
        assertThat(worker.isAlive()).isTrue();
    }

    /** Tasks that outlast their lease of 15 s. Returns when every one is claimed; some by the worker that is ahead. */
    private RunId submitClaimed(Path ledger) throws InterruptedException {
        TaskSpec task = Shell.task("echo $FLEET_TASK_ID >> \"$1\"; sleep 30", ledger);
        RunOptions options = new RunOptions(null, Duration.ofMinutes(1), null, DEADLINE, null, null);
        RunId id = fleet().submit(Collections.nCopies(CLAIMED, task), options);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fleet().api().tasks(id, -1, CLAIMED).items().stream()
                        .allMatch(view -> view.state() == TaskState.RUNNING));
        return id;
    }

    /** Tasks that fail once, and one whose time runs out. */
    private RunId submitFlaky() throws InterruptedException {
        List<TaskSpec> tasks = new ArrayList<>(Collections.nCopies(FLAKY, Shell.task("[ $FLEET_ATTEMPT -ge 2 ]")));
        tasks.add(Shell.task("[ $FLEET_ATTEMPT -ge 2 ] && sleep 60"));
        RetryPolicy retry = new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(2), null, null);
        return fleet().submit(tasks, new RunOptions(null, Duration.ofSeconds(5), null, DEADLINE, null, retry));
    }

    private void assertEndsAsItShould(RunId flaky, Instant begin) throws Exception {
        RunView end = fleet().awaitEnd(flaky);
        assertThat(end.counts()).isEqualTo(new Counts(FLAKY, 0, 1, 0, 0));
        assertThat(end.attempts()).isEqualTo(2 * (FLAKY + 1));
        // The broker's time.
        assertThat(fleet().outcomes(flaky))
                .extracting(TaskOutcome::at)
                .allMatch(at -> at.isAfter(begin) && at.isBefore(Instant.now().plusSeconds(5)));
    }

    /** What has a process see such a clock. */
    private Map<String, String> ahead() throws Exception {
        Path library = Objects.requireNonNull(directory).resolve("clock-ahead.so");
        Path source = Path.of(Objects.requireNonNull(ClockIT.class.getResource("clock-ahead.c"))
                .toURI());
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return Map.of(
                "LD_PRELOAD", library.toString(), "CLOCK_AHEAD_SECONDS", Long.toString(AHEAD.toSeconds()), "TZ", "UTC");
    }

    /** Else this would show nothing. */
    private static void assertIsAhead(Child child) {
        LocalTime logged = LocalTime.parse(child.find(LOGGED_AT).orElseThrow());
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        long ahead = Math.floorMod(
                Duration.between(now, logged).toMinutes(), Duration.ofDays(1).toMinutes());
        assertThat(ahead).as("minutes ahead of %s", now).isBetween(AHEAD.toMinutes() - 5, AHEAD.toMinutes());
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
