package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharedQueueTest {

    @Test
    void whoeverIsFreeTakesTheFirst() {
        // At 0: 5 and 1. At 1: 2. At 3: 4, which ends last.
        assertThat(new SharedQueue(2).time(seconds(5, 1, 2, 4))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theOrderOfTheTasksCounts() {
        assertThat(new SharedQueue(2).time(seconds(1, 1, 1, 1, 4))).isEqualTo(Duration.ofSeconds(6));
        assertThat(new SharedQueue(2).time(seconds(4, 1, 1, 1, 1))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theScenarioIsTheSameEveryTime() {
        var scenario = new TailScenario("tail", 2_000, 4, 8);

        List<Duration> durations = scenario.durations();

        assertThat(durations).isEqualTo(scenario.durations()).hasSize(2_000);
        assertThat(durations.stream().filter(Duration.ofSeconds(5)::equals)).hasSize(200);
        // 1,090 s of work over 32 slots, and no more than one long task after it.
        assertThat(new SharedQueue(32).time(durations)).isBetween(Duration.ofMillis(34_062), Duration.ofMillis(39_063));
    }

    private static List<Duration> seconds(long... seconds) {
        return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
