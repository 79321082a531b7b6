package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large batch of which every task fails. */
@Tag("long")
class ManyFailuresIT {

    private static final RetryPolicy ONCE = new RetryPolicy(1, null, null, null, null);

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

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
    void aHundredThousandFailingTasksEndInOneCompletionAndHurtNobodyElse() throws Exception {
        // Given
        int tasks = 100_000;
        RunId many = Fleet.newId();
        fleet().api().submit(open(many, new RunOptions(null, null, null, null, null, ONCE)));
        List<TaskSpec> chunk = Collections.nCopies(1_000, TaskSpec.of("nobody", Payload.NULL));
        for (int number = 1; number <= tasks / 1_000; number++) {
            fleet().api().append(many, Json.write(new AppendTasks(many, number, chunk)));
        }
        fleet().api().seal(many, new SealRun(many, tasks / 1_000, tasks, null));

        // When
        RunId single = fleet().submit(List.of(TaskSpec.of("echo", Payload.NULL)), null);

        // Then
        assertThat(fleet().awaitEnd(single).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(fleet().view(many).status())
                .as("the newcomer did not wait for the many")
                .isEqualTo(RunStatus.RUNNING);
        assertThat(fleet().awaitEnd(many).counts()).isEqualTo(new Counts(0, tasks, 0, 0, 0));
        fleet().assertOneOutcomePerTaskAndOneCompletion(many, tasks);
        RunId next = fleet().submit(List.of(TaskSpec.of("echo", Payload.NULL)), null);
        assertThat(fleet().awaitEnd(next).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    private static SubmitRun open(RunId id, RunOptions options) {
        return new SubmitRun(id, null, null, null, null, options, true);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
