package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters as an operator lists them, on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class DeadLetterIT {

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
    void findsAFailedTaskWithItsInputByRunAgentAndCode() {
        String id = id();
        submit(id, "{\"agent\":\"fail\",\"input\":{\"n\":[\"x\"]}},{\"agent\":\"echo\"}");

        List<JsonNode> found = lines("?agent=fail&code=BROKEN&runId=" + id, 1);

        assertThat(found).singleElement().satisfies(letter -> {
            assertThat(letter.path("taskId").asText()).isEqualTo(id + "/0");
            assertThat(letter.path("reason").asText()).isEqualTo("it is broken");
            assertThat(letter.path("input").toString()).isEqualTo("{\"n\":[\"x\"]}");
            assertThat(letter.path("status").asText()).isEqualTo("FAILED");
            assertThat(letter.has("source")).isFalse();
        });
        given().get("/api/dead-letters?code=OTHER&runId=" + id)
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", nullValue());
        given().get("/api/dead-letters?since=2999-01-01T00:00:00Z&runId=" + id)
                .then()
                .body("items", empty());
    }

    @Test
    void pagesThroughAnyNumberOldestFirst() {
        String id = id();
        submit(id, "{\"agent\":\"fail\"},".repeat(24) + "{\"agent\":\"fail\"}");
        lines("?runId=" + id, 25);
        List<String> tasks = new ArrayList<>();
        List<Instant> times = new ArrayList<>();

        String cursor = "";
        while (cursor != null) {
            ExtractableResponse<Response> page = given().get("/api/dead-letters?limit=7&runId=" + id + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            tasks.addAll(page.<List<String>>path("items.taskId"));
            page.<List<String>>path("items.at").stream().map(Instant::parse).forEach(times::add);
            String next = page.path("next");
            cursor = next == null ? null : "&cursor=" + next;
        }

        assertThat(tasks).hasSize(25).doesNotHaveDuplicates();
        assertThat(times).isSorted();
        assertThat(lines("?limit=3&runId=" + id, 3)).hasSize(3);
    }

    @Test
    void saysWhereAnUnreadableRecordCameFromAndNothingOfItsContent() throws Exception {
        RecordMetadata source = send(Topics.DEFAULT.requests(), "unreadable-" + id(), "{ \"secret\": ");

        List<JsonNode> found = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> lines("?code=UNREADABLE", 0).stream()
                                .filter(letter ->
                                        letter.path("source").path("offset").asLong() == source.offset()
                                                && letter.path("source")
                                                                .path("partition")
                                                                .asInt()
                                                        == source.partition())
                                .toList(),
                        letters -> !letters.isEmpty());

        assertThat(found).singleElement().satisfies(letter -> {
            assertThat(letter.path("source").path("topic").asText()).isEqualTo(Topics.DEFAULT.requests());
            assertThat(letter.path("reason").asText()).isNotBlank();
            assertThat(letter.toString()).doesNotContain("secret");
        });
        given().get("/api/dead-letters?code=UNREADABLE&limit=1").then().body("items", hasSize(1));
    }

    @Test
    void aRecordThatNobodyOfTheFleetWroteIsListedToo() throws Exception {
        RecordMetadata strange = send(Topics.DEFAULT.deadLetters(), "strange", "{\"type\":\"DeadLetter\"}");

        assertThat(lines("?code=UNREADABLE", 1))
                .anySatisfy(letter -> assertThat(letter.path("source"))
                        .isEqualTo(Json.mapper()
                                .valueToTree(Map.of(
                                        "topic", strange.topic(), "partition", strange.partition(), "offset", (int)
                                                strange.offset()))));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, must be 1 to 1000",
        "limit, many, must be 1 to 1000",
        "since, yesterday, 'must be an ISO-8601 instant with its offset such as 2026-01-02T03:04:05Z, or a duration longer than zero such as PT2H'",
        "since, PT-1S, 'must be an ISO-8601 instant with its offset such as 2026-01-02T03:04:05Z, or a duration longer than zero such as PT2H'",
        "agent, Echo, 'must be 1 to 63 lower-case letters, digits or -, starting with a letter or digit'",
        "runId, a!b, 'must be 1 to 128 letters, digits or . _ : @ - and start with a letter or digit'",
        "cursor, x, must be the next of an earlier page"
    })
    void namesFieldValueAndRuleOfABadQuestion(String field, String value, String rule) {
        for (String accept : List.of("application/json", "application/x-ndjson")) {
            if (field.equals("limit") && accept.endsWith("ndjson")) {
                continue;
            }
            given().accept(accept)
                    .queryParam(field, value)
                    .get("/api/dead-letters")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("field", equalTo(field))
                    .body("value", equalTo(value))
                    .body("rule", equalTo(rule))
                    .body("detail", notNullValue());
        }
    }

    private static String id() {
        return "dead-" + UUID.randomUUID();
    }

    private static void submit(String id, String tasks) {
        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"tasks\":[" + tasks + "]}")
                .post("/api/runs")
                .then()
                .statusCode(201);
    }

    /** All that match, as soon as there are so many. */
    private static List<JsonNode> lines(String query, int atLeast) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given().accept("application/x-ndjson")
                                .get("/api/dead-letters" + query)
                                .asString()
                                .lines()
                                .map(line -> Json.readPart(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
                                .toList(),
                        found -> found.size() >= atLeast);
    }

    private RecordMetadata send(String topic, String key, String value)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(
                            topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
