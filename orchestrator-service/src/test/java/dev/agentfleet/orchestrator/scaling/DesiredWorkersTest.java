package dev.agentfleet.orchestrator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredWorkersTest {

    private static final DesiredWorkers DESIRED = new DesiredWorkers(Duration.ofSeconds(30), 24);

    @ParameterizedTest
    @CsvSource({
        // waiting, running, seconds of an attempt, workers
        "0, 0, 60, 0",
        // something to do takes one, however little
        "1, 0, 0, 1",
        "0, 1, 0.001, 1",
        // attempts as long as the target: a slot for each
        "16, 0, 30, 1",
        "17, 0, 30, 2",
        "100, 60, 30, 10",
        // longer ones: no more than a slot for each
        "100, 60, 3600, 10",
        // shorter ones: what gets them done in time
        "160, 0, 3, 1",
        "1600, 0, 3, 10",
        "1601, 0, 3, 11",
        // but never fewer than hold the running
        "1, 64, 0.5, 4",
        "0, 65, 0.5, 5",
        // no more than there are partitions
        "100000, 0, 30, 24",
        "100000, 10, 30, 24",
        // unless more are busy
        "100000, 400, 30, 25"
    })
    void followsFromTheBacklog(long waiting, long running, double seconds, int workers) {
        assertThat(DESIRED.of(new Backlog(waiting, running, seconds, 16))).isEqualTo(workers);
    }

    @Test
    void moreWorkNeverTakesFewerWorkers() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long waiting = random.nextInt(5_000);
            long running = random.nextInt(300);
            double seconds = random.nextDouble() * 60;
            int slots = 1 + random.nextInt(32);
            int workers = DESIRED.of(new Backlog(waiting, running, seconds, slots));

            assertThat(DESIRED.of(new Backlog(waiting + 1, running, seconds, slots)))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(workers);
            assertThat((long) workers * slots).as("seed %d", seed).isGreaterThanOrEqualTo(running);
        }
    }

    @Test
    void aWorkerHasASlot() {
        assertThatThrownBy(() -> new Backlog(1, 0, 1, 0)).hasMessage("slotsPerWorker: '0' must be at least 1");
    }
}
