package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long MILLI = 1_000_000;

    private final Patience patience = new Patience(Duration.ofMillis(250));

    @Test
    void lastsTwiceAsLongEachTimeUpToFiveTimes() {
        assertThat(endsWithin(6_000)).containsExactly(250L, 750L, 1_750L, 3_000L, 4_250L, 5_500L);
    }

    @Test
    void beginsAnewWhenASlotWasFree() {
        endsWithin(5_000);

        assertThat(patience.ends(false, 5_010 * MILLI)).isFalse();

        assertThat(patience.ends(true, 5_020 * MILLI)).isFalse();
        assertThat(patience.ends(true, 5_269 * MILLI)).isFalse();
        assertThat(patience.ends(true, 5_270 * MILLI)).isTrue();
    }

    /** Looking every ten milliseconds. */
    private List<Long> endsWithin(long millis) {
        var ends = new ArrayList<Long>();
        for (long at = 0; at <= millis; at += 10) {
            if (patience.ends(true, at * MILLI)) {
                ends.add(at);
            }
        }
        return ends;
    }
}
