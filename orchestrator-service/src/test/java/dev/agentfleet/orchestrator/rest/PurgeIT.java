package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a run's retention, on a real broker, with nothing else to do: only ticks tell the time. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(PurgeIT.ShortRetention.class)
class PurgeIT {

    /** Finished runs are kept for seconds. */
    public static final class ShortRetention implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fleet.orchestrator.run-retention", "PT3S");
        }
    }

    @ConfigProperty(name = "kafka.bootstrap.servers")
    private String bootstrapServers = "";

    private @Nullable EchoWorker worker;

    @BeforeEach
    void start() {
        worker = new EchoWorker(bootstrapServers);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void stop() throws InterruptedException {
        Objects.requireNonNull(worker).close();
    }

    @Test
    void aFinishedRunIsUnknownAfterItsRetentionAndItsNameIsFree() {
        String id = "purge-" + UUID.randomUUID();
        submit(id, "[1,2,3]").statusCode(201);
        awaitStatus(id, "SUCCEEDED");
        submit(id, "[4]").statusCode(409);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/runs/{id}", id).then().statusCode(404));
        given().get("/api/runs/{id}/tasks", id).then().statusCode(404);
        given().get("/api/runs/{id}/results", id).then().statusCode(404);
        assertThat(given().get("/api/runs?status=SUCCEEDED").then().extract().<List<String>>path("items.runId"))
                .doesNotContain(id);
        // While its state is deleted the name is still taken.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> submit(id, "[4]").statusCode(201));
        awaitStatus(id, "SUCCEEDED");
        given().get("/api/runs/{id}/results", id)
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].output", equalTo(4));
    }

    private static ValidatableResponse submit(String id, String inputs) {
        String tasks = inputs.replaceAll("(\\d+)", "{\"input\":$1}");
        return given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"tasks\":"
                        + tasks.replace("{\"input\"", "{\"agent\":\"echo\",\"input\"") + "}")
                .post("/api/runs")
                .then();
    }

    private static void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/runs/{id}", id).then().body("status", equalTo(status)));
    }
}
