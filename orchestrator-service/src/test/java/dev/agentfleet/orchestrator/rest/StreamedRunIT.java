package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.agentfleet.submission.Lines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs submitted as lines, on a real broker, with the smallest worker behind the orchestrator. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class StreamedRunIT extends OrchestratorFixture {

    private static final String NDJSON = "application/x-ndjson";
    /** Held: these tests are about what arrives. */
    private static final String HEAD = "{\"runId\":\"%s\",\"agent\":\"echo\",\"options\":{\"startAfter\":\"PT1H\"}}\n";

    @TestHTTPResource("/api/runs")
    private @Nullable URI runs;

    @ParameterizedTest
    @ValueSource(ints = {3, 1_201})
    void runsEachLineAsATask(int tasks) {
        String id = id();

        post("{\"runId\":\"" + id + "\",\"agent\":\"echo\"}\n" + "{\"input\":1.10}\n".repeat(tasks))
                .statusCode(201)
                .header("Location", endsWith("/api/runs/" + id))
                .body("tasks", equalTo(tasks))
                .body("sealed", equalTo(true));

        finished(id, "SUCCEEDED").body("counts.succeeded", equalTo(tasks));
        assertThat(given().get("/api/runs/{id}/results?after=" + (tasks - 2), id)
                        .asString())
                .contains("\"output\":1.10");
    }

    @Test
    void namesARunThatComesWithoutAName() {
        post("{}\n{\"agent\":\"echo\"}").statusCode(201).body("runId.length()", equalTo(36));
    }

    @Test
    void theSameLinesAgainAreTheSameRunAndOtherLinesAConflict() {
        String id = id();
        String lines = HEAD.formatted(id) + "{\"input\":1}\n".repeat(1_100);
        post(lines).statusCode(201).body("tasks", equalTo(1_100));

        post(lines).statusCode(201).body("tasks", equalTo(1_100));
        post(lines + "{\"input\":2}\n").statusCode(409).body("field", equalTo("runId"));
        post(HEAD.formatted(id) + "{\"input\":1}\n").statusCode(409);

        view(id).body("tasks", equalTo(1_100)).body("waiting", equalTo(1_100)).body("status", equalTo("RUNNING"));
    }

    @Test
    void aBadLineCancelsTheRunAndIsNamed() {
        String id = id();
        String good = "{\"input\":1}\n";

        post(HEAD.formatted(id) + good.repeat(1_300) + "{\"agent\":\"Bad\"}\n" + good)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("line 1302: agent: 'Bad' must be 1 to 63 lower-case letters"))
                .body("detail", endsWith("; run " + id + " is cancelled"))
                .body("field", equalTo("agent"))
                .body("value", equalTo("Bad"))
                .body("rule", startsWith("must be 1 to 63"));

        finished(id, "CANCELLED").body("failure.reason", startsWith("line 1302: agent: 'Bad' must be"));
    }

    @Test
    void aLineThatTheDeploymentRefusesIsNamed() {
        post("{}\n{\"agent\":\"echo\"}\n{\"agent\":\"echo\",\"pool\":\"gpu\"}\n")
                .statusCode(400)
                .body("detail", startsWith("line 3: pool: 'gpu' must be one of the configured pools [default]"));
        post("{}\n{}\n").statusCode(400).body("detail", startsWith("line 2: agent: 'null' must be named here or"));
    }

    @Test
    void submitsNothingWhenTheFirstLinesAreBad() {
        String id = id();

        post(HEAD.formatted(id) + "{\"input\":\n")
                .statusCode(400)
                .body("detail", startsWith("line 2: not well-formed JSON at byte"))
                .body("detail", endsWith("; nothing was submitted"));
        post(HEAD.formatted(id)).statusCode(400).body("field", equalTo("tasks"));
        post("{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"input\":1}\n")
                .statusCode(400)
                .body("detail", startsWith("line 1: input: '…' must be left out"));
        post("").statusCode(400).body("detail", containsString("body: is empty"));
        post(HEAD.formatted(id) + "x".repeat(Lines.LONGEST + 1))
                .statusCode(400)
                .body("detail", startsWith("line 2: must be at most 524288 bytes long"));

        given().get("/api/runs/{id}", id).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10000000", "Transfer-Encoding: chunked"})
    void aClientThatGoesAwayCancelsTheRun(String framing) throws IOException {
        String id = id();
        String sent = HEAD.formatted(id) + "{\"input\":1}\n".repeat(2_000);
        URI target = Objects.requireNonNull(runs);

        try (var socket = new Socket(target.getHost(), target.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/runs HTTP/1.1\r\nHost: x\r\nContent-Type: " + NDJSON + "\r\n" + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            boolean chunked = framing.endsWith("chunked");
            String body = chunked ? Integer.toHexString(sent.length()) + "\r\n" + sent + "\r\n" : sent;
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> given().get("/api/runs/{id}", id)
                            .then()
                            .statusCode(200)
                            .body("tasks", equalTo(1_500)));
        }

        finished(id, "CANCELLED").body("failure.reason", equalTo("the stream of its tasks broke off"));
    }

    @Test
    void anEarlierWholeRunSurvivesALaterBrokenStream() {
        String id = id();
        String lines = HEAD.formatted(id) + "{\"input\":1}\n".repeat(1_100);
        post(lines).statusCode(201);

        post(lines + "nonsense\n")
                .statusCode(400)
                .body("detail", endsWith("; run " + id + " was complete before and is left alone"));

        view(id).body("status", equalTo("RUNNING")).body("tasks", equalTo(1_100));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesABodyFarOverTheLimitOfOthers(boolean tellsItsLength) throws Exception {
        String id = id();
        byte[] head = HEAD.formatted(id).getBytes(StandardCharsets.UTF_8);
        byte[] line = ("{\"input\":\"" + "x".repeat(100_000) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        int tasks = 200;
        var stream = HttpRequest.BodyPublishers.ofInputStream(() -> lines(head, line, tasks));
        var body = tellsItsLength
                ? HttpRequest.BodyPublishers.fromPublisher(stream, head.length + (long) tasks * line.length)
                : stream;

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(runs)
                            .header("Content-Type", NDJSON)
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }

        view(id).body("tasks", equalTo(tasks));
    }

    @Test
    void holdsEveryOtherBodyToItsLimit() throws IOException {
        URI target = Objects.requireNonNull(runs);
        try (var socket = new Socket(target.getHost(), target.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 5000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    private static InputStream lines(byte[] head, byte[] line, int times) {
        return new SequenceInputStream(
                new ByteArrayInputStream(head),
                new SequenceInputStream(Collections.enumeration(Collections.nCopies(times, line).stream()
                        .map(ByteArrayInputStream::new)
                        .toList())));
    }

    private static String id() {
        return "run-" + UUID.randomUUID();
    }

    private static ValidatableResponse post(String lines) {
        return given().contentType(NDJSON)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/runs")
                .then();
    }

    private static ValidatableResponse view(String id) {
        return given().get("/api/runs/{id}", id).then();
    }

    private static ValidatableResponse finished(String id, String status) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> view(id).body("status", equalTo(status)));
        return view(id);
    }
}
