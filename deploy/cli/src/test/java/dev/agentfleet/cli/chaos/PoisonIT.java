package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad records in masses, straight to the topics: they harm nobody else, and each is accounted for. */
class PoisonIT {
    private static final int MUTATIONS = 10_000;

    @TempDir
    private @Nullable Path directory;

    @Test
    void accountsForEachOfTenThousandMutationsAndWorksOn() throws Exception {
        Trial trial = Trial.of(Objects.requireNonNull(directory), 1, MUTATIONS, Fault.F15);

        trial.assertHolds(Invariant.I1, Invariant.I6, Invariant.I7, Invariant.I14);
        assertThat(trial.report().poison()).isGreaterThan(MUTATIONS);
    }
}
