package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.worker.config.Failpoint;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has happened, and what has not, when a process ends at each of its points. */
class FailpointsTest {

    private final CountDownLatch goOn = new CountDownLatch(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEFORE_RESULT | [AttemptClaimed]                   | 1",
                "AFTER_RESULT  | [AttemptClaimed, AttemptSucceeded] | 1",
                "AFTER_CLAIM   | [AttemptClaimed]                   | 0"
            })
    void endsTheProcessOnceAtItsPoint(Failpoint point, String reported, int acknowledged) {
        var bench = new Bench(OpenTelemetry.noop(), Map.of("fleet.worker.failpoint", point.name()));

        liveClaimedAndConcluded(bench);

        assertThat(bench.ends)
                .containsExactly("fleet.worker.failpoint=" + point + " " + reported + " acknowledged=" + acknowledged);
    }

    @Test
    void endsNothingUnlessArmed() {
        var bench = new Bench();

        liveClaimedAndConcluded(bench);

        assertThat(bench.ends).isEmpty();
    }

    private void liveClaimedAndConcluded(Bench bench) {
        var started = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            var attempt = new LiveAttempt(Bench.assignment(Duration.ofSeconds(10)), bench.record, bench.services);
            bench.live.add(attempt);
            attempt.run(Bench.agent((input, _) -> {
                started.countDown();
                goOn.await();
                return input;
            }));
        });
        await().until(() -> started.getCount() == 0);
        bench.pass(Duration.ofMillis(500));
        bench.reporter.makeDurable();
        goOn.countDown();
        await().until(() -> bench.reporter.names().contains("AttemptSucceeded"));
        bench.reporter.makeDurable();
    }
}
