package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.metric.FleetMetric;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page that Prometheus scrapes. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class MetricsIT {

    @TestHTTPResource("/q/metrics")
    @Nullable
    URI page;

    @Test
    void showsEveryMetricOfTheEnumUnderItsNameAndTags() throws Exception {
        try (var fleet = new FleetTopics(SharedBroker.bootstrapServers(), BrokerResource.PREFIX)) {
            var lane = new Lane("anthropic", "default", "counted");
            fleet.send(new LimitLane(lane, QuotaLimits.ofRequests(1)));
            fleet.send(fleet.assignment("metrics/0", "echo", "1", Duration.ofMinutes(1)));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(series())
                            .containsAll(Arrays.stream(FleetMetric.values())
                                    .filter(FleetMetric::isWorkers)
                                    .map(metric -> metric.prometheusName() + metric.tags())
                                    .toList()));
        }
        assertThat(series())
                .allMatch(series -> Arrays.stream(FleetMetric.values())
                        .anyMatch(metric -> series.equals(metric.prometheusName() + metric.tags())));
        assertThat(lines()).noneMatch(line -> line.contains("metrics/0"));
    }

    private List<String> series() throws IOException {
        return lines().stream().map(MetricsIT::series).distinct().toList();
    }

    private List<String> lines() throws IOException {
        try (InputStream body = Objects.requireNonNull(page).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("fleet_"))
                    .toList();
        }
    }

    /** Name and tags of a line. */
    private static String series(String line) {
        int brace = line.indexOf('{');
        if (brace < 0) {
            return line.substring(0, line.indexOf(' ')) + "[]";
        }
        return line.substring(0, brace)
                + Arrays.stream(line.substring(brace + 1, line.indexOf('}')).split(","))
                        .map(tag -> tag.substring(0, tag.indexOf('=')))
                        .toList();
    }
}
