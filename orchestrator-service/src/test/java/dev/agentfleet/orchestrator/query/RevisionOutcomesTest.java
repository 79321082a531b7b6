package dev.agentfleet.orchestrator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevisionOutcomesTest {

    private static final RunId RUN = new RunId("r");

    @Test
    void aTaskThatALaterRevisionDidNotDoAgainKeepsWhatItHad() {
        TaskOutcome failed = outcome(1, TaskStatus.FAILED);
        TaskOutcome succeeded = outcome(2, TaskStatus.SUCCEEDED);

        assertThat(RevisionOutcomes.standing(new TaskState.Settled(succeeded, 0), 1, () -> failed))
                .isEqualTo(failed);
        assertThat(RevisionOutcomes.standing(new TaskState.Settled(succeeded, 0), 2, () -> failed))
                .isEqualTo(succeeded);
        assertThat(RevisionOutcomes.standing(new TaskState.Settled(succeeded, 0), 3, () -> failed))
                .isEqualTo(succeeded);
    }

    @Test
    void aTaskUnderWayAgainShowsOnlyItsEarlierOutcomes() {
        TaskOutcome failed = outcome(1, TaskStatus.FAILED);
        var again = new TaskState.Dispatched("default", 2, 0, Instant.EPOCH, null);

        assertThat(RevisionOutcomes.standing(again, 1, () -> failed)).isEqualTo(failed);
    }

    private static TaskOutcome outcome(int revision, TaskStatus status) {
        return new TaskOutcome(
                RUN,
                new TaskId(RUN, 0),
                revision,
                status,
                revision,
                "echo",
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }
}
