package dev.agentfleet.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.RunViews;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.contract.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final RateMeter meter = new RateMeter();

    @Test
    void measuresTheRateOfTheLastSeconds() {
        meter.add(START, 0);
        meter.add(START.plusSeconds(20), 20);
        meter.add(START.plusSeconds(22), 520);
        meter.add(START.plusSeconds(30), 2_520);

        assertThat(meter.rate()).isEqualTo(250);
        assertThat(meter.remaining(3_020)).contains(Duration.ofSeconds(2));
    }

    @Test
    void promisesNoEndWhileNothingMoves() {
        meter.add(START, 5);
        meter.add(START.plusSeconds(1), 5);

        assertThat(meter.remaining(10)).isEmpty();
    }

    @Test
    void drawsABarWithCountsRateAndEta() throws Exception {
        meter.add(START, 0);
        meter.add(START.plusSeconds(10), 2_500);

        String bar = ProgressLine.bar(run("RUNNING", 10_000, 2_400, 100), meter);

        assertThat(bar)
                .isEqualTo(
                        "[#####...............] 25 %  2,500/10,000 done, 100 failed, 7,500 running  250/s  ETA 30.0 s");
    }

    @Test
    void endsWithAFullBar() throws Exception {
        assertThat(ProgressLine.bar(run("SUCCEEDED", 3, 3, 0), meter))
                .isEqualTo("[####################] 100 %  3/3 done");
    }

    private static RunView run(String status, int tasks, int succeeded, int failed) throws Exception {
        return Json.mapper().readValue(RunViews.run("r1", status, tasks, succeeded, failed), RunView.class);
    }
}
