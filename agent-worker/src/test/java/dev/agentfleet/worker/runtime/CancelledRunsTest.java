package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CancelledRunsTest {

    private final CancelledRuns cancelled = new CancelledRuns();

    @Test
    void coversTheRevisionAndEarlierOnes() {
        cancelled.add(new RunId("run"), 2);
        cancelled.add(new RunId("run"), 1);

        assertThat(cancelled.covers(assignment("run/0", 2))).isTrue();
        assertThat(cancelled.covers(assignment("run/0", 3))).isFalse();
        assertThat(cancelled.covers(assignment("other/0", 1))).isFalse();
    }

    @Test
    void coversNothingOfARunWhoseCancelsWereRetracted() {
        cancelled.add(new RunId("run"), 2);

        cancelled.remove(new RunId("run"));

        assertThat(cancelled.covers(assignment("run/0", 1))).isFalse();
    }

    @Test
    void forgetsTheOldestBeyondItsBound() {
        for (int i = 0; i <= 100_000; i++) {
            cancelled.add(new RunId("r" + i), 1);
        }

        assertThat(cancelled.covers(assignment("r0/0", 1))).isFalse();
        assertThat(cancelled.covers(assignment("r1/0", 1))).isTrue();
    }

    private static TaskAssignment assignment(String taskId, int revision) {
        return new TaskAssignment(TaskId.parse(taskId), 1, revision, "echo", Payload.NULL, Duration.ZERO, null);
    }
}
