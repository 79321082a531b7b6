package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agentfleet.orchestrator.query.StateUnavailableException;
import org.junit.jupiter.api.Test;

class ReadablePartitionsTest {

    private final ReadablePartitions partitions = new ReadablePartitions();

    @Test
    void saysWhatIsReadOfAWholePartition() {
        partitions.begin(3);

        assertThat(partitions.read(3, () -> "state")).isEqualTo("state");
    }

    @Test
    void readsNothingOfOneThatIsNotWhole() {
        partitions.begin(4);

        refuses(() -> {
            throw new AssertionError("must not be read");
        });
    }

    @Test
    void doesNotTrustWhatWasReadWhileItEnded() {
        partitions.begin(3);

        refuses(() -> partitions.end(3));
    }

    @Test
    void doesNotTrustWhatWasReadWhileItEndedAndBeganAnew() {
        partitions.begin(3);

        refuses(() -> {
            partitions.end(3);
            partitions.begin(3);
        });
    }

    private void refuses(Runnable meanwhile) {
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> partitions.read(3, () -> {
                    meanwhile.run();
                    return "state";
                }));
    }
}
