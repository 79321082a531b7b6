package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What there is to do, on a real broker. No worker sends heartbeats. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ScalingIT extends OrchestratorFixture {

    @Test
    void tellsWhatWaitsAndAsksForWorkersUntilItIsCancelled() {
        String id = "scaling-" + UUID.randomUUID();
        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"agent\":\"nobody\"}")
                .post("/api/runs")
                .then()
                .statusCode(201);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> scaling("default")
                        .statusCode(200)
                        .contentType("application/json")
                        .body("pool", equalTo("default"))
                        .body("waiting", greaterThanOrEqualTo(1))
                        .body("running", equalTo(0))
                        .body("oldestAgeSeconds", greaterThanOrEqualTo(1))
                        .body("backlogWorkerSeconds", greaterThanOrEqualTo(0))
                        .body("slotsPerWorker", equalTo(16))
                        .body("liveWorkers", equalTo(0))
                        .body("desiredWorkers", greaterThanOrEqualTo(1)));
        given().contentType("application/json").post("/api/runs/{id}/cancel", id);
    }

    @Test
    void namesThePoolsThereAre() {
        scaling("nowhere")
                .statusCode(404)
                .contentType("application/problem+json")
                .body("field", equalTo("pool"))
                .body("value", equalTo("nowhere"))
                .body("detail", equalTo("pool: 'nowhere' must be one of [default]"));
    }

    @Test
    void aPartitionThatIsNotHereIsUnavailable() {
        given().header("Fleet-Partitions", "0,99")
                .get("/api/scaling/default/demand")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1");
        given().get("/api/scaling/default/demand").then().statusCode(400);
    }

    private static ValidatableResponse scaling(String pool) {
        return given().get("/api/scaling/{pool}", pool).then();
    }
}
