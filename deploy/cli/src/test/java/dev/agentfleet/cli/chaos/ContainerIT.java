package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The images at work: what {@link ChaosIT} does to processes, done to containers, and their network cut. */
@Tag("long")
@Tag("tool:docker")
class ContainerIT {
    /** What such a trial gives the checker something to look at for. */
    static final Invariant[] CHECKED = {
        Invariant.I1,
        Invariant.I2,
        Invariant.I3,
        Invariant.I4,
        Invariant.I5,
        Invariant.I7,
        Invariant.I8,
        Invariant.I9,
        Invariant.I12,
        Invariant.I13,
        Invariant.I14
    };

    /** Killed, paused, cut off and asked to end: workers and the orchestrator. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void containersLoseAndRepeatNothingWhateverStrikesThem() throws Exception {
        Trial trial = Trial.inContainers(
                "containers", 1, 1, 2, Fault.F1, Fault.F4, Fault.F4, Fault.F5, Fault.F9, Fault.F9, Fault.F24);

        trial.assertHolds(CHECKED);
        assertThat(trial.report().executions()).isGreaterThan(20);
    }
}
