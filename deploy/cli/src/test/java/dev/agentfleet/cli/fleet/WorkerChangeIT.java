package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers come and go while a batch of short tasks runs. */
@Tag("long")
class WorkerChangeIT {

    private static final int TASKS = 600;

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
    void aRollingRestartLosesNothingAndRunsNothingTwice() throws Exception {
        // Given
        Path ledger = Objects.requireNonNull(directory).resolve("ran");
        RunId id = submit(ledger);

        // When
        fleet().processes().restart(LocalFleet.worker(1));
        fleet().processes().restart(LocalFleet.worker(2));

        // Then
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(TASKS, 0, 0, 0, 0));
        assertThat(Ledger.lines(ledger)).hasSize(TASKS);
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
    }

    @Test
    void aKilledWorkerLosesNothing() throws Exception {
        // Given
        Path ledger = Objects.requireNonNull(directory).resolve("ran");
        RunId id = submit(ledger);

        // When
        fleet().processes().kill(LocalFleet.worker(2));

        // Then
        assertThat(fleet().awaitEnd(id).counts()).isEqualTo(new Counts(TASKS, 0, 0, 0, 0));
        assertThat(Ledger.lines(ledger)).hasSizeGreaterThanOrEqualTo(TASKS);
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
    }

    private RunId submit(Path ledger) throws InterruptedException {
        List<TaskSpec> tasks = Collections.nCopies(TASKS, Shell.task("sleep 0.2; echo ran >> \"$1\"", ledger));
        RunId id = fleet().submit(tasks, null);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fleet().view(id).counts().succeeded() > 50);
        return id;
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
