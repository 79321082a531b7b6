package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChosenPartitionTest {

    private final ChosenPartition chosen = new ChosenPartition();

    @Test
    void holdsForWhatIsForwardedMeanwhile() {
        assertThat(during(3)).isEqualTo(Optional.of(Set.of(3)));
        assertThat(asked()).isEmpty();
    }

    @Test
    void leavesToTheKeyWhatNobodyChoseOrTheTopicDoesNotHave() {
        assertThat(during(null)).isEmpty();
        assertThat(during(4)).isEmpty();
        assertThat(during(-1)).isEmpty();
    }

    private Optional<Set<Integer>> during(@Nullable Integer partition) {
        List<Optional<Set<Integer>>> answers = new ArrayList<>();
        chosen.during(partition, () -> answers.add(asked()));
        return answers.getFirst();
    }

    private Optional<Set<Integer>> asked() {
        return chosen.partitions("fleet.tasks.default", new byte[] {1}, new byte[] {2}, 4);
    }
}
