package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of runs over several home partitions, on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RunListIT extends OrchestratorFixture {

    @Test
    void listsRunsOfAllPartitionsNewestFirstAndPageByPage() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            expected.addFirst(submit("nobody"));
        }

        assertThat(pages("?limit=5"))
                .startsWith(expected.toArray(String[]::new))
                .doesNotHaveDuplicates();
        assertThat(pages("?limit=5&status=RUNNING"))
                .startsWith(expected.toArray(String[]::new))
                .doesNotHaveDuplicates();
        expected.forEach(id -> given().contentType("application/json").post("/api/runs/{id}/cancel", id));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(pages("?limit=5&status=CANCELLED")).startsWith(expected.toArray(String[]::new));
            assertThat(pages("?status=RUNNING")).doesNotContainAnyElementsOf(expected);
        });
    }

    @Test
    void movesARunToItsEnd() {
        String good = submit("echo");
        String bad = submit("fail");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(pages("?status=SUCCEEDED")).contains(good).doesNotContain(bad);
            assertThat(pages("?status=FAILED")).contains(bad).doesNotContain(good);
            assertThat(pages("?status=RUNNING")).doesNotContain(good, bad);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "status, ACCEPTED, 'must be one of [RUNNING, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT]'",
        "status, running, 'must be one of [RUNNING, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT]'",
        "limit, 1001, must be 1 to 1000",
        "cursor, x, must be the next of an earlier page"
    })
    void namesFieldValueAndRuleOfABadQuestion(String field, String value, String rule) {
        given().queryParam(field, value)
                .get("/api/runs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("value", equalTo(value))
                .body("rule", equalTo(rule));
    }

    private static String submit(String agent) {
        String id = "list-" + UUID.randomUUID();
        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"agent\":\"" + agent + "\"}")
                .post("/api/runs")
                .then()
                .statusCode(201);
        return id;
    }

    private static List<String> pages(String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            ExtractableResponse<Response> page = given().get("/api/runs" + query + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            ids.addAll(page.<List<String>>path("items.runId"));
            String next = page.path("next");
            cursor = next == null ? null : (query.isEmpty() ? "?" : "&") + "cursor=" + next;
        }
        return ids;
    }
}
