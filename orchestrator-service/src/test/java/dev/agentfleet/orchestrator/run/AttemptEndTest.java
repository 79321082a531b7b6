package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptEndTest {

    private static final Duration RAN = Duration.ofSeconds(3);
    private static final Cost COST = new Cost(70, 30, 2_000, 50L, null);

    private TaskState state = TaskState.WAITING;
    private Instant now = TaskSamples.NOW;

    @Test
    void aSuccessIsAccepted() {
        see(new TaskEvent.Dispatch("default"));

        assertThat(see(succeeded(1))).isEqualTo(new AttemptEnd(null, RAN, COST));
    }

    @Test
    void aRetryAndALastFailureAreWasted() {
        see(new TaskEvent.Dispatch("default"));
        assertThat(see(failed(1, false))).isEqualTo(new AttemptEnd(WasteCause.FAILED, RAN, COST));
        now = now.plusSeconds(3_600);
        see(new TaskEvent.Dispatch("default"));

        assertThat(see(failed(2, true))).isEqualTo(new AttemptEnd(WasteCause.TIMED_OUT, RAN, COST));
        assertThat(state).isInstanceOf(TaskState.Settled.class);
    }

    @Test
    void aReleaseTellsItsTimeOrTheTimeSinceItsClaimIsTaken() {
        claim();
        now = now.plusSeconds(20);
        assertThat(see(released(1, ReleaseReason.DRAIN, null)))
                .isEqualTo(new AttemptEnd(WasteCause.RETURNED, Duration.ofSeconds(20), COST));
        see(new TaskEvent.Dispatch("default"));

        assertThat(see(released(2, ReleaseReason.UNAVAILABLE, RAN)))
                .isEqualTo(new AttemptEnd(WasteCause.RETURNED, RAN, COST));
    }

    @Test
    void aDispatchNeverHeardOfTookNoTimeThatIsKnown() {
        see(new TaskEvent.Dispatch("default"));

        assertThat(see(new TaskEvent.QueueExpired(1)))
                .isEqualTo(new AttemptEnd(WasteCause.RETURNED, Duration.ZERO, null));
    }

    @Test
    void theLateReportOfALostAttemptTellsItsCostAndNoTimeTwice() {
        claim();
        now = now.plusSeconds(20);
        assertThat(see(new TaskEvent.WorkerLost(1, TaskSamples.OWNER, How.SILENT)))
                .isEqualTo(new AttemptEnd(WasteCause.LEASE_LOST, Duration.ofSeconds(20), null));

        assertThat(see(succeeded(1))).isEqualTo(new AttemptEnd(WasteCause.LEASE_LOST, Duration.ZERO, COST));
    }

    @Test
    void whatWasAcceptedBeforeARedriveStaysSoAndItsLateReportIsWasted() {
        see(new TaskEvent.Dispatch("default"));
        see(succeeded(1));
        assertThat(see(new TaskEvent.Redrive())).isNull();
        see(new TaskEvent.Dispatch("default"));

        assertThat(see(succeeded(1))).isEqualTo(new AttemptEnd(WasteCause.LEASE_LOST, Duration.ZERO, COST));
        assertThat(see(succeeded(2))).isEqualTo(new AttemptEnd(null, RAN, COST));
    }

    @Test
    void theCancelOfATaskThatIsNotInFlightEndsNoAttempt() {
        see(new TaskEvent.Dispatch("default"));
        see(failed(1, false));

        assertThat(see(new TaskEvent.Stopped(Stop.Cause.CANCEL))).isNull();
    }

    @Test
    void theCancelOfARunningOneDoesAndWhatItReportsAfterwardsIsLate() {
        claim();
        now = now.plusSeconds(7);
        assertThat(see(new TaskEvent.Stopped(Stop.Cause.CANCEL)))
                .isEqualTo(new AttemptEnd(WasteCause.CANCELLED, Duration.ofSeconds(7), null));

        assertThat(see(released(1, ReleaseReason.STOPPED, RAN)))
                .isEqualTo(new AttemptEnd(WasteCause.CANCELLED, Duration.ZERO, COST));
    }

    private void claim() {
        see(new TaskEvent.Dispatch("default"));
        assertThat(see(TaskSamples.reported(new AttemptClaimed(TaskSamples.TASK, 1, TaskSamples.OWNER))))
                .isNull();
    }

    private @Nullable AttemptEnd see(TaskEvent event) {
        TaskState before = state;
        TaskDecision decision = TaskMachine.decide(TaskSamples.facts(null, 2), before, event, now);
        if (decision instanceof TaskDecision.Applied applied) {
            state = applied.next();
        }
        return AttemptEnd.of(before, event, decision, now);
    }

    private static TaskEvent succeeded(int attempt) {
        return reported(new AttemptSucceeded(TaskSamples.TASK, attempt, TaskSamples.OWNER, Payload.NULL, RAN, COST));
    }

    private static TaskEvent failed(int attempt, boolean timedOut) {
        return reported(
                new AttemptFailed(TaskSamples.TASK, attempt, TaskSamples.OWNER, TaskSamples.BLIP, timedOut, RAN, COST));
    }

    private static TaskEvent released(int attempt, ReleaseReason reason, @Nullable Duration ran) {
        return reported(new AttemptReleased(TaskSamples.TASK, attempt, TaskSamples.OWNER, reason, ran, COST));
    }

    private static TaskEvent reported(AttemptReport report) {
        return TaskSamples.reported(report);
    }
}
