package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits that are changed while the fleet runs, on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class QuotaIT extends OrchestratorFixture {

    private static final String LANE = "openai/team/gpt/x:1";

    @Test
    void aLimitIsSetShownAndTakenAway() {
        limit(LANE, "{\"requests\":600,\"outputTokens\":80000}", 202);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/api/quotas")
                        .then()
                        .statusCode(200)
                        .body("find { it.lane == '" + LANE + "' }.limits.requests", equalTo(600))
                        .body("find { it.lane == '" + LANE + "' }.limits.outputTokens", equalTo(80_000)));

        limit(LANE, "{}", 202);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/api/quotas").then().statusCode(200).body(not(containsString(LANE))));
    }

    @Test
    void whatIsNoLaneOrNoLimitIsRefusedWithItsField() {
        limit("nonsense", "{\"requests\":600}", 400);
        limit(LANE, "{\"requests\":0}", 400);
        limit(LANE, "600", 400);
    }

    private static void limit(String lane, String body, int status) {
        given().contentType("application/json")
                .urlEncodingEnabled(false)
                .body(body)
                .put("/api/quotas/" + lane)
                .then()
                .statusCode(status);
    }
}
