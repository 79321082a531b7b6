package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The REST surface on a real broker, with the smallest worker behind it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RunResourceIT extends OrchestratorFixture {

    @Inject
    TakenRuns taken;

    @Test
    void answers201WithTheAdmittedRunAndLaterItsOutcome() {
        String id = id();

        post("/api/runs", "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}")
                .statusCode(201)
                .header("Location", endsWith("/api/runs/" + id))
                .body("runId", equalTo(id))
                .body("tasks", equalTo(1));

        finished(id, "SUCCEEDED").body("counts.succeeded", equalTo(1)).body("failure", nullValue());
        given().get("/api/runs/{id}/results", id)
                .then()
                .body("items[0].output.text", equalTo("hi"))
                .body("next", nullValue());
    }

    @Test
    void saysWhatATaskAndItsRunTookAndHowMuchOfItCounts() {
        String id = id();
        post(
                        "/api/runs",
                        "{\"runId\":\"" + id
                                + "\",\"agent\":\"priced\",\"options\":{\"retry\":{\"maxAttempts\":2,\"backoff\":\"PT0.1S\"}}}")
                .statusCode(201)
                .body("work", nullValue());

        finished(id, "SUCCEEDED")
                .body("cost.inputTokens", equalTo(360))
                .body("cost.cacheReadTokens", equalTo(200))
                .body("work.accepted.attempts", equalTo(1))
                .body("work.accepted.duration", equalTo("PT1.5S"))
                .body("work.accepted.cost.cacheWriteTokens", equalTo(50))
                .body("work.wasted.FAILED.attempts", equalTo(1))
                .body("work.wasted.FAILED.cost.nanoUsd", equalTo(1_000_000))
                .body("work.all.attempts", equalTo(2))
                .body("work.effectiveRate.attempts", equalTo(0.5f))
                .body("work.effectiveRate.seconds", equalTo(0.75f))
                .body("work.effectiveRate.tokens", equalTo(0.75f))
                .body("work.effectiveRate.usd", equalTo(0.75f));
        given().get("/api/runs/{id}/tasks", id)
                .then()
                .body("items[0].duration", equalTo("PT1.5S"))
                .body("items[0].cost.inputTokens", equalTo(360));
        given().get("/api/runs/{id}/results", id)
                .then()
                .body("items[0].duration", equalTo("PT1.5S"))
                .body("items[0].cost.nanoUsd", equalTo(4_000_000));
    }

    @Test
    void keepsAPayloadAsItWasSentWhereverTheTypeStands() {
        String id = id();
        post("/api/runs", "{ \"runId\":\"" + id + "\", \"agent\":\"echo\", \"input\":1.10 }")
                .statusCode(201);

        finished(id, "SUCCEEDED");
        assertThat(given().get("/api/runs/{id}/results", id).asString()).contains("\"output\":1.10");
    }

    @Test
    void aRunThatIsTakenAndNotYetAdmittedHasNothingYetAndIsNotUnknown() {
        String id = id();
        given().get("/api/runs/{id}/tasks", id).then().statusCode(404);

        taken.add(new RunId(id));

        given().get("/api/runs/{id}", id).then().statusCode(200).body("sealed", equalTo(false));
        given().get("/api/runs/{id}/tasks", id).then().statusCode(200).body("items", hasSize(0));
        given().get("/api/runs/{id}/results", id).then().statusCode(200).body("items", hasSize(0));
        given().accept("application/x-ndjson")
                .get("/api/runs/{id}/results", id)
                .then()
                .statusCode(200);
    }

    @Test
    void namesARunThatComesWithoutAName() {
        post("/api/runs", "{\"agent\":\"echo\"}").statusCode(201).body("runId.length()", equalTo(36));
    }

    @Test
    void theSameContentUnderTheSameNameIsTheSameRunAndOtherContentAConflict() {
        String id = id();
        String body = "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"input\":{\"a\":1,\"b\":2}}";
        String same = "{ \"input\":{\"b\":2,\"a\":1}, \"agent\":\"echo\", \"runId\":\"" + id + "\"}";
        post("/api/runs", body).statusCode(201);

        post("/api/runs", same).statusCode(201);
        post("/api/runs", "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"input\":3}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("field", equalTo("runId"))
                .body("value", equalTo(id));
    }

    @Test
    void namesFieldValueAndRuleOfBadInput() {
        post("/api/runs", "{\"agent\":\"echo\",\"options\":{\"concurrency\":0}}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("options.concurrency"))
                .body("value", equalTo("0"))
                .body("rule", equalTo("must be at least 1"));
        post("/api/runs", "{\"agent\":\"echo\",")
                .statusCode(400)
                .body("detail", startsWith("body: is not well-formed"));
        post("/api/runs", "{\"agent\":\"echo\",\"pool\":\"gpu\"}")
                .statusCode(400)
                .body("detail", containsString("pool: 'gpu' must be one of the configured pools [default]"));
        post("/api/runs", "{\"type\":\"SealRun\",\"chunks\":1,\"tasks\":1}")
                .statusCode(400)
                .body("field", equalTo("type"));
        given().get("/api/runs/{id}/tasks?limit=0", id()).then().statusCode(400).body("field", equalTo("limit"));
        given().get("/api/runs/{id}/tasks?state=FAILED,OPEN", id())
                .then()
                .statusCode(400)
                .body("field", equalTo("state"))
                .body("value", equalTo("FAILED,OPEN"))
                .body("rule", startsWith("must be one or more of [WAITING, DISPATCHED,"));
        given().get("/api/runs/{id}", id()).then().statusCode(404).body("title", equalTo("Not Found"));
        given().get("/api/runs/bad!id").then().statusCode(400).body("field", equalTo("runId"));
        post("/api/runs", "{\"agent\":\"echo\",\"input\":\"" + "x".repeat(1 << 20) + "\"}")
                .statusCode(413)
                .body("field", equalTo("body"));
    }

    @Test
    void namesTheLimitOfABodyThatIsNotEvenRead() {
        post("/api/dead-letters/redrive", "{\"since\":\"" + "x".repeat(5 << 20) + "\"}")
                .statusCode(413)
                .contentType("application/problem+json")
                .body("field", equalTo("body"))
                .body("rule", startsWith("must be at most 4194304 bytes"));
    }

    @Test
    void theAuditLogNamesNobodyWhereNoTokenIsAskedFor() {
        String id = id();
        try (var audit = new AuditLines()) {
            post("/api/runs", "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"open\":true}")
                    .statusCode(201);
            post("/api/runs/" + id + "/tasks", "{\"chunk\":1,\"tasks\":[{\"input\":1}]}")
                    .statusCode(202);
            post("/api/runs/" + id + "/seal", "{\"chunks\":1,\"tasks\":1}").statusCode(202);
            finished(id, "SUCCEEDED");
            post("/api/runs/" + id + "/redrive?dryRun=true", "{\"filter\":{\"status\":[\"SUCCEEDED\"]}}");

            assertThat(audit.about(id))
                    .containsExactly(
                            "submitted by=anonymous from=127.0.0.1 runId=" + id,
                            "appended by=anonymous from=127.0.0.1 runId=" + id,
                            "sealed by=anonymous from=127.0.0.1 runId=" + id);
        }
    }

    @Test
    void takesAnOpenRunInChunksAndServesItInPagesAndAsLines() {
        String id = id();
        post("/api/runs", "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"open\":true}")
                .statusCode(201);
        String hundred = "{\"input\":1},".repeat(99) + "{\"agent\":\"fail\"}";
        for (int chunk = 1; chunk <= 3; chunk++) {
            post("/api/runs/" + id + "/tasks", "{\"chunk\":" + chunk + ",\"tasks\":[" + hundred + "]}")
                    .statusCode(202);
        }
        post("/api/runs/" + id + "/seal", "{\"chunks\":3,\"tasks\":300}").statusCode(202);

        finished(id, "FAILED")
                .body("counts.succeeded", equalTo(297))
                .body("counts.failed", equalTo(3))
                .body("failures", hasSize(3))
                .body("failures[0].failure.code", equalTo("BROKEN"));
        given().get("/api/runs/{id}/tasks?after=97&limit=2", id)
                .then()
                .body("items.index", contains(98, 99))
                .body("items.state", contains("SUCCEEDED", "FAILED"))
                .body("next", equalTo(99));
        given().get("/api/runs/{id}/tasks?state=FAILED,TIMED_OUT&after=99&limit=1", id)
                .then()
                .body("items.index", contains(199))
                .body("items.state", contains("FAILED"))
                .body("next", equalTo(199));
        given().get("/api/runs/{id}/tasks?state=WAITING,DISPATCHED,RUNNING,BACKING_OFF", id)
                .then()
                .body("items", hasSize(0))
                .body("next", nullValue());
        given().get("/api/runs/{id}/results?after=298&limit=5", id)
                .then()
                .body("items", hasSize(1))
                .body("next", nullValue());
        String lines = given().accept("application/x-ndjson")
                .get("/api/runs/{id}/results", id)
                .asString();
        assertThat(lines.lines()
                        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), TaskOutcome.class))
                        .map(outcome -> outcome.taskId().index()))
                .hasSize(300)
                .isSorted();
    }

    @Test
    void cancelsARunWhoseTasksNobodyAnswers() {
        String id = id();
        post("/api/runs", "{\"runId\":\"" + id + "\",\"tasks\":[{\"agent\":\"nobody\"},{\"agent\":\"echo\"}]}")
                .statusCode(201);
        post("/api/runs/" + id + "/cancel", "{\"reason\":\"enough\"}").statusCode(202);

        finished(id, "CANCELLED").body("failure.reason", equalTo("enough"));
        given().get("/api/runs/{id}/results", id).then().body("items[0].status", equalTo(TaskStatus.CANCELLED.name()));
        post("/api/runs/" + id() + "/cancel", "{}").statusCode(404);
    }

    @Test
    void saysUntilWhenARunIsHeldAndCancelsIt() {
        String id = id();
        post(
                        "/api/runs",
                        "{\"runId\":\"" + id
                                + "\",\"agent\":\"echo\",\"options\":{\"startAfter\":\"2999-01-02T04:04:05+01:00\"}}")
                .statusCode(201)
                .body("heldUntil", equalTo("2999-01-02T03:04:05Z"))
                .body("waiting", equalTo(1));
        post("/api/runs", "{\"agent\":\"echo\",\"options\":{\"startAfter\":\"noon\"}}")
                .statusCode(400)
                .body("field", equalTo("options.startAfter"))
                .body("value", equalTo("noon"));

        post("/api/runs/" + id + "/cancel", "{}").statusCode(202);

        finished(id, "CANCELLED").body("heldUntil", nullValue());
    }

    @Test
    void startsAHeldRunWhenItsTimeHasCome() {
        String id = id();
        post("/api/runs", "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"options\":{\"startAfter\":\"PT2S\"}}")
                .statusCode(201)
                .body("heldUntil", notNullValue());

        ValidatableResponse run = finished(id, "SUCCEEDED");
        Instant admitted = Instant.parse(run.extract().path("admittedAt"));
        assertThat(Instant.parse(run.extract().path("completedAt"))).isAfterOrEqualTo(admitted.plusSeconds(2));
    }

    @Test
    void describesItself() {
        String openapi = given().get("/q/openapi?format=json").asString();

        assertThat(openapi).contains("/api/runs/{id}/results", "Submit a run", "application/x-ndjson");
    }

    private static String id() {
        return "run-" + UUID.randomUUID();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static ValidatableResponse finished(String id, String status) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/api/runs/{id}", id).then().body("status", equalTo(status)));
        return given().get("/api/runs/{id}", id).then();
    }
}
