package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bounded selection of what {@code ./fleet chaos} does: a fault is named as often as it has variants. */
@Tag("long")
class ChaosIT {

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aFleetLosesAndRepeatsNothingWhateverStrikesIt() throws Exception {
        Trial trial = Trial.of(
                "chaos", 3, 0, Fault.F1, Fault.F2, Fault.F2, Fault.F2, Fault.F4, Fault.F4, Fault.F5, Fault.F8, Fault.F8,
                Fault.F8, Fault.F8, Fault.F13, Fault.F20, Fault.F21, Fault.F24);

        trial.assertHolds(
                Invariant.I1,
                Invariant.I2,
                Invariant.I3,
                Invariant.I4,
                Invariant.I5,
                Invariant.I7,
                Invariant.I8,
                Invariant.I12,
                Invariant.I13,
                Invariant.I14);
        assertThat(trial.report().executions()).isGreaterThan(100);
    }
}
