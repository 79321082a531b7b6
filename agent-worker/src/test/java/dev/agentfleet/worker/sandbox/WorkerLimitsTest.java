package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerLimitsTest {

    private static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(60), 10, 100, 1_000, 40_000);

    @Test
    void areWhatTheWorkerGivesUnlessLessIsAsked() {
        assertThat(LIMITS.loweredTo(Limits.NONE)).isEqualTo(LIMITS);
        assertThat(LIMITS.loweredTo(new Limits(Duration.ofSeconds(1), 2, 20, 4L, 5_000L)))
                .isEqualTo(new WorkerLimits(Duration.ofSeconds(1), 2, 20, 4, 5_000));
    }

    @Test
    void refuseMore() {
        assertThatThrownBy(() -> LIMITS.loweredTo(new Limits(null, 11, null, null, null)))
                .hasMessage("limits.processes: 11 must be at most 10, what this worker gives");
        assertThatThrownBy(() -> LIMITS.loweredTo(new Limits(null, null, null, null, 50_000L)))
                .hasMessage("limits.disk: 50000 must be at most 40000, what this worker gives");
    }
}
