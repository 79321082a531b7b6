package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.RunQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final List<ListedRun> IN_ORDER = List.of(
            listed("2026-01-02T03:04:05.679Z", "b"),
            listed("2026-01-02T03:04:05.678Z", "a"),
            listed("2026-01-02T03:04:05.678Z", "a-1"),
            listed("2026-01-02T03:04:05.678Z", "b"),
            listed("1970-01-01T00:00:00Z", "z"));

    @Test
    void aScanOfTheListMeetsTheNewestRunFirst() {
        List<ListedRun> mixed = new ArrayList<>(IN_ORDER);
        Collections.shuffle(mixed, new Random(7));
        TreeSet<Bytes> keys = new TreeSet<>();
        for (RunStatus status : RunQueries.LISTED) {
            mixed.forEach(run -> keys.add(Keys.listed(status, run)));
        }

        for (RunStatus status : RunQueries.LISTED) {
            assertThat(keys.subSet(Keys.firstListed(status), Keys.afterListed(status)))
                    .extracting(Keys::listed)
                    .containsExactlyElementsOf(IN_ORDER);
            assertThat(keys.subSet(Keys.afterListed(status, IN_ORDER.get(1)), Keys.afterListed(status)))
                    .extracting(Keys::listed)
                    .containsExactlyElementsOf(IN_ORDER.subList(2, IN_ORDER.size()));
        }
        assertThat(mixed.stream().sorted()).containsExactlyElementsOf(IN_ORDER);
    }

    @Test
    void aScanFromTheOldestEndMeetsNoRunAdmittedLaterThanAsked() {
        TreeSet<Bytes> keys = new TreeSet<>();
        IN_ORDER.forEach(run -> keys.add(Keys.listed(RunStatus.FAILED, run)));
        Instant upTo = IN_ORDER.get(1).admittedAt();

        assertThat(keys.subSet(
                                Keys.listedUpTo(RunStatus.FAILED, upTo), true,
                                Keys.afterListed(RunStatus.FAILED), true)
                        .descendingSet())
                .extracting(Keys::listed)
                .containsExactlyElementsOf(IN_ORDER.subList(1, IN_ORDER.size()).reversed());
    }

    @Test
    void aRunThatIsPurgedIsListedUnderNoStatus() {
        Bytes purging = Keys.purging(IN_ORDER.getFirst());

        assertThat(Keys.listed(purging)).isEqualTo(IN_ORDER.getFirst());
        assertThat(purging).isBetween(Keys.firstPurging(), Keys.afterPurging());
        for (RunStatus status : RunStatus.values()) {
            assertThat(purging.compareTo(Keys.firstListed(status)) < 0
                            || purging.compareTo(Keys.afterListed(status)) >= 0)
                    .isTrue();
        }
    }

    private static ListedRun listed(String admittedAt, String id) {
        return new ListedRun(Instant.parse(admittedAt), new RunId(id));
    }
}
