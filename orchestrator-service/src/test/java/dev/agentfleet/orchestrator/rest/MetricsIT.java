package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.metric.FleetMetric;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The page that Prometheus scrapes. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class MetricsIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    private String bootstrapServers = "";

    @Test
    void showsEveryMetricOfTheEnumUnderItsNameAndTags() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));

        given().contentType("application/json")
                .body("{\"requests\":1}")
                .put("/api/quotas/openai/default/counted")
                .then()
                .statusCode(202);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page().stream()
                                .map(MetricsIT::series)
                                .distinct()
                                .toList())
                        .containsExactlyInAnyOrderElementsOf(Arrays.stream(FleetMetric.values())
                                .filter(metric -> !metric.isWorkers())
                                .map(metric -> metric.prometheusName() + metric.tags())
                                .toList()));
    }

    @Test
    void countsARunAndItsWaste() throws InterruptedException {
        String id = "metrics-" + UUID.randomUUID();
        try (EchoWorker worker = new EchoWorker(bootstrapServers)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
            double succeeded = value("fleet_tasks_outcomes_total{status=\"succeeded\"}");
            double failed = value("fleet_runs_completed_total{status=\"failed\"}");
            double dead = value("fleet_dead_letters_total{kind=\"task\"}");

            given().contentType("application/json")
                    .body("{\"runId\":\"" + id + "\",\"tasks\":[{\"agent\":\"echo\"},{\"agent\":\"fail\"}]}")
                    .post("/api/runs");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(value("fleet_tasks_outcomes_total{status=\"succeeded\"}"))
                        .isEqualTo(succeeded + 1);
                assertThat(value("fleet_runs_completed_total{status=\"failed\"}"))
                        .isEqualTo(failed + 1);
                assertThat(value("fleet_dead_letters_total{kind=\"task\"}")).isEqualTo(dead + 1);
                assertThat(value("fleet_tasks_in_flight{pool=\"default\"}")).isZero();
                assertThat(value("fleet_streams_state{state=\"running\"}")).isEqualTo(1);
                assertThat(value("fleet_streams_commit_latency_seconds{stat=\"max\"}"))
                        .isPositive();
            });
            assertThat(page()).noneMatch(line -> line.contains(id));
        }
    }

    @Test
    void tellsHowFarAPoolWithoutWorkersIsBehind() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        String id = "metrics-" + UUID.randomUUID();
        double before = value("fleet_pool_lag{pool=\"default\"}");

        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"agent\":\"nobody\",\"tasks\":[{},{},{}]}")
                .post("/api/runs");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(value("fleet_pool_lag{pool=\"default\"}")).isGreaterThan(before);
            assertThat(value("fleet_tasks_in_flight{pool=\"default\"}")).isGreaterThanOrEqualTo(3);
        });
        given().contentType("application/json").post("/api/runs/{id}/cancel", id);
    }

    private static List<String> page() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("fleet_"))
                .toList();
    }

    private static double value(String series) {
        return page().stream()
                .filter(line -> line.startsWith(series + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
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
