package dev.agentfleet.cli.chaos;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@link ContainerIT} with more of everything, on demand: three brokers, two orchestrators, four workers, a rolling restart of
 * all workers under load among the faults. {@code mvn -pl deploy/cli verify -Dit.test=LargeContainerTrial}, after {@code
 * ./fleet images}.
 */
class LargeContainerTrial {

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void aFleetOfNineLosesAndRepeatsNothingWhateverStrikesIt() throws Exception {
        Trial trial = Trial.inContainers(
                "large", 3, 2, 4, Fault.F1, Fault.F4, Fault.F4, Fault.F5, Fault.F9, Fault.F9, Fault.F13, Fault.F24);

        trial.assertHolds(ContainerIT.CHECKED);
    }
}
