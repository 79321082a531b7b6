package dev.agentfleet.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private final TaskAssignment assignment =
            new TaskAssignment(TaskId.parse("run/0"), 1, 1, "echo", Payload.NULL, Duration.ofSeconds(1), NOON);

    @Test
    void startsInTime() {
        assertThat(decide(false, true, NOON)).isEqualTo(new Admission.Start());
    }

    @Test
    void startsWhenTheBrokersTimeIsUnknown() {
        assertThat(decide(false, true, null)).isEqualTo(new Admission.Start());
    }

    @Test
    void givesBackWhatComesTooLate() {
        assertThat(decide(false, true, NOON.plusMillis(1)))
                .isEqualTo(new Admission.Refuse(new Verdict.Released(ReleaseReason.START_BY_PASSED)));
    }

    @Test
    void dropsACancelledRunHoweverLate() {
        assertThat(decide(true, false, NOON.plusSeconds(1))).isEqualTo(new Admission.Refuse(new Verdict.Dropped()));
    }

    @Test
    void leavesAnUnknownAgentToAnotherWorker() {
        assertThat(decide(false, false, NOON))
                .isInstanceOfSatisfying(
                        Admission.Refuse.class,
                        refused -> assertThat(refused.verdict())
                                .isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
                                    assertThat(failed.failure().code()).isEqualTo(FailureCode.UNKNOWN_AGENT);
                                    assertThat(failed.failure().retryable()).isTrue();
                                }));
    }

    private Admission decide(boolean cancelled, boolean agentKnown, @Nullable Instant brokerTime) {
        return Admission.decide(assignment, new Admission.Facts(cancelled, agentKnown, brokerTime));
    }
}
