package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters of several runs redriven at once, on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class LetterRedriveIT {

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
    void redrivesTheRunsThatMatchingDeadLettersNameAndNothingTwice() {
        // Given
        List<String> runs =
                IntStream.range(0, 4).mapToObj(any -> failed("once", 5)).toList();
        String hopeless = failed("fail", 1);
        String body = "{\"filter\":{\"agents\":[\"once\"],\"codes\":[\"BROKEN\"]},\"rate\":10%s}";

        // When
        JsonNode dry = redrive(body.formatted(",\"dryRun\":true"), 200);

        // Then
        assertThat(dry.path("tasks").asInt()).isEqualTo(20);
        assertThat(dry.path("opened").asInt()).isEqualTo(4);
        assertThat(dry.path("codes").path("BROKEN").asInt()).isEqualTo(20);
        assertThat(dry.path("atLeast").asText()).isEqualTo("PT1.9S");
        assertThat(dry.path("runs").findValuesAsText("runId")).containsExactlyElementsOf(runs);
        assertThat(dry.path("runs").findValuesAsText("startAfter")).containsExactly("PT0.5S", "PT1S", "PT1.5S");
        runs.forEach(run -> assertThat(revision(run)).isEqualTo(1));

        // When
        JsonNode done = redrive(body.formatted(""), 202);
        await().until(() -> runs.stream().allMatch(run -> revision(run) == 2));
        JsonNode again = redrive(body.formatted(""), 202);

        // Then
        assertThat(done)
                .isEqualTo(((com.fasterxml.jackson.databind.node.ObjectNode) dry).set("since", done.path("since")));
        assertThat(again.path("opened").asInt()).isZero();
        assertThat(again.path("runs").findValuesAsText("skipped")).hasSize(4);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> runs.forEach(run -> given().get("/api/runs/{id}", run)
                        .then()
                        .body("status", equalTo("SUCCEEDED"), "revision", equalTo(2))));
        assertThat(redrive(body.formatted(""), 202).path("runs").findValuesAsText("skipped"))
                .hasSize(4)
                .allMatch(why -> why.contains("none of its tasks stands so any more"));
        runs.forEach(run -> given().get("/api/runs/{id}/results?revision=1", run)
                .then()
                .body("items.status", equalTo(List.of("FAILED", "FAILED", "FAILED", "FAILED", "FAILED"))));
        assertThat(revision(hopeless)).as("another agent's run").isEqualTo(1);
    }

    @Test
    void sharesTheMostTasksAndGoesOnWhereItWasCutShort() {
        String since =
                Json.mapper().convertValue(java.time.InstantSource.system().instant(), String.class);
        String first = failed("fail", 3);
        String second = failed("fail", 3);
        String third = failed("fail", 3);
        String body = "{\"since\":\"" + since + "\",\"filter\":{\"agents\":[\"fail\"]},\"max\":4,\"dryRun\":true";

        JsonNode some = redrive(body + "}", 200);

        assertThat(some.path("runs").findValuesAsText("runId")).containsExactly(first, second);
        assertThat(some.path("runs").findValuesAsText("tasks")).containsExactly("3", "1");
        assertThat(some.path("cutShort").asText()).contains("the most tasks asked for, 4");
        JsonNode rest = redrive(body + ",\"cursor\":\"" + some.path("next").asText() + "\"}", 200);
        assertThat(rest.path("runs").findValuesAsText("runId")).contains(third).doesNotContain(first);
    }

    @Test
    void anUnnamedRevisionOpensNoFurtherOneWhileTheLastRunsAndANamedOneNever() {
        String run = failed("nobody-knows", 0);
        given().contentType("application/json")
                .body("{\"filter\":{\"statuses\":[\"CANCELLED\"]}}")
                .post("/api/runs/{id}/redrive", run)
                .then()
                .statusCode(202)
                .body("revision", equalTo(2));
        await().until(() -> revision(run) == 2);

        for (String body :
                List.of("{\"filter\":{\"statuses\":[\"CANCELLED\"]}}", "{\"revision\":2}", "{\"revision\":3}")) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/runs/{id}/redrive", run)
                    .then()
                    .statusCode(409)
                    .body("field", equalTo("runId"));
        }
        given().contentType("application/json").post("/api/runs/{id}/cancel", run);
        await().untilAsserted(() -> given().get("/api/runs/{id}", run).then().body("completedAt", notNullValue()));
        given().contentType("application/json")
                .body("{\"revision\":2}")
                .post("/api/runs/{id}/redrive", run)
                .then()
                .statusCode(409)
                .body("field", equalTo("revision"))
                .body("rule", equalTo("must be 3, one more than the run's last"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|filter|null|must be given, or since: all dead letters together are seldom meant",
                "{\"rate\":5}|filter|null|must be given, or since: all dead letters together are seldom meant",
                "{\"since\":\"P1D\",\"dryrun\":true}|?|dryrun|must be one of [filter, since, cursor, rate, max, dryRun]",
                "{\"filter\":{\"code\":[\"X\"]}}|filter.?|code|must be one of [statuses, codes, agents]",
                "{\"since\":\"P1D\",\"rate\":0}|rate|0|must be at least 1",
                "{\"since\":\"P1D\",\"max\":0}|max|0|must be at least 1",
                "{\"since\":\"P1D\",\"cursor\":\"x\"}|cursor|x|must be the next of an earlier page",
                "{\"filter\":{\"statuses\":[\"CANCELLED\"]}}|filter.statuses|[CANCELLED]|must be FAILED or TIMED_OUT: no other outcome leaves a dead letter",
            })
    void namesFieldValueAndRuleOfABadRequest(String body, String field, String value, String rule) {
        given().contentType("application/json")
                .body(body)
                .post("/api/dead-letters/redrive")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("value", equalTo(value))
                .body("rule", equalTo(rule));
    }

    private static JsonNode redrive(String body, int status) {
        String answer = given().contentType("application/json")
                .body(body)
                .post("/api/dead-letters/redrive")
                .then()
                .statusCode(status)
                .extract()
                .asString();
        return Json.readPart(answer.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /** A run that has ended, with so many dead letters to be read; without any it was cancelled. */
    private static String failed(String agent, int tasks) {
        String id = "redrive-" + UUID.randomUUID();
        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"agent\":\"" + agent + "\",\"tasks\":["
                        + "{},".repeat(Math.max(tasks, 1) - 1) + "{}]}")
                .post("/api/runs")
                .then()
                .statusCode(201);
        if (tasks == 0) {
            given().contentType("application/json").post("/api/runs/{id}/cancel", id);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            given().get("/api/runs/{id}", id).then().body("completedAt", notNullValue());
            assertThat(given().get("/api/dead-letters?runId=" + id).<List<?>>path("items"))
                    .hasSize(tasks);
        });
        return id;
    }

    private static int revision(String run) {
        return given().get("/api/runs/{id}", run).path("revision");
    }
}
