package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bad records in masses, straight to the topics: they harm nobody else, and each is accounted for. */
@Tag("long")
class PoisonIT {
    private static final int MUTATIONS = 10_000;

    @Test
    void accountsForEachOfTenThousandMutationsAndWorksOn() throws Exception {
        Trial trial = Trial.of("poison", 1, MUTATIONS, Fault.F15);

        trial.assertHolds(Invariant.I1, Invariant.I6, Invariant.I7, Invariant.I14);
        assertThat(trial.report().poison()).isGreaterThan(MUTATIONS);
    }
}
