package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.local.Signal;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of a model keep to the fleet's limit, as the model counts them, while workers are killed, paused and added. A short
 * window; the whole minute: {@code -Dquota.window=PT1M -Dquota.limit=600 -Dquota.calls=2000}.
 */
@Tag("long")
class QuotaIT {

    private static final Duration WINDOW = Duration.parse(System.getProperty("quota.window", "PT15S"));
    private static final int LIMIT = Integer.getInteger("quota.limit", 150);
    private static final int CALLS = Integer.getInteger("quota.calls", 750);
    private static final Duration PAUSE = Duration.ofSeconds(20);

    @TempDir
    private @Nullable Path directory;

    @Test
    void theLimitHoldsAndIsUsedWhileWorkersAreKilledPausedAndAdded() throws Exception {
        try (var model = new ModelCalls();
                var fleet = start(model)) {
            RunId run = fleet.submit(Collections.nCopies(CALLS, question()), null);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !model.times().isEmpty());
            Duration warm = model.times().getFirst().plus(WINDOW);
            passes(model, warm.plusSeconds(3));
            fleet.processes().kill(LocalFleet.worker(1));
            passes(model, warm.plusSeconds(6));
            fleet.processes().signal(LocalFleet.worker(2), Signal.PAUSE);
            passes(model, warm.plusSeconds(9));
            fleet.processes().addWorker();
            passes(model, warm.plusSeconds(6).plus(PAUSE));
            fleet.processes().signal(LocalFleet.worker(2), Signal.CONTINUE);

            assertThat(fleet.awaitEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            List<Duration> times = model.times();
            int most = model.most(WINDOW);
            Duration end = times.get(times.size() - CALLS / 20);
            double used = used(times, warm, end);
            Files.writeString(
                    Path.of("target", "quota.txt"),
                    "%d calls, at most %d of %d in %s; used between %s and %s: %.3f%n"
                            .formatted(times.size(), most, LIMIT, WINDOW, warm, end, used));

            assertThat(most).isLessThanOrEqualTo(LIMIT);
            assertThat(used).isGreaterThanOrEqualTo(0.9);
            assertThat(RunsTopic.reports(fleet.processes().bootstrapServers(), run))
                    .noneMatch(AttemptFailed.class::isInstance);
        }
    }

    private Fleet start(ModelCalls model) throws Exception {
        return Fleet.start(LocalFleetOptions.fresh(
                        FleetHome.current(), Objects.requireNonNull(directory).resolve("fleet"))
                .withWorkers(4)
                .withSlots(CALLS / 4 + 1)
                .withProperties(Map.of(
                        "fleet.llm.provider", "openai",
                        "fleet.llm.openai.base-url", model.url().toString(),
                        "fleet.llm.openai.key-name", "team",
                        "fleet.quota.window", WINDOW.toString(),
                        "fleet.quota.lanes.\"openai/team/m\".requests", Integer.toString(LIMIT))));
    }

    private static TaskSpec question() {
        return TaskSpec.of("llm", new Payload("{\"model\":\"m\",\"prompt\":\"Is it so?\",\"maxOutputTokens\":10}"));
    }

    /** Share of the limit that was used in between. */
    private static double used(List<Duration> times, Duration from, Duration to) {
        long calls = times.stream()
                .filter(time -> time.compareTo(from) >= 0 && time.compareTo(to) < 0)
                .count();
        return calls * (double) WINDOW.toNanos() / to.minus(from).toNanos() / LIMIT;
    }

    private static void passes(ModelCalls model, Duration time) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> model.now().compareTo(time) >= 0);
    }
}
