package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run's events over one connection, on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RunEventsIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    private String bootstrapServers = "";

    @TestHTTPResource
    private @Nullable URI server;

    private final HttpClient http = HttpClient.newHttpClient();

    private record Event(String name, String data) {}

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void tellsStatesAndOutcomesAndLastTheCompletion() throws Exception {
        String id = submit(20);
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines = connect(id, "?outcomes=true").body()) {
            Iterator<String> told = lines.iterator();
            events.add(next(told));
            try (EchoWorker worker = new EchoWorker(bootstrapServers)) {
                while (told.hasNext()) {
                    events.add(next(told));
                    if (events.getLast().name().equals("RunCompleted")) {
                        break;
                    }
                }
            }
        }

        assertThat(events.getFirst().name()).isEqualTo("RunView");
        assertThat(events.getFirst().data()).contains("\"status\":\"RUNNING\"", "\"tasks\":20");
        assertThat(events.stream()
                        .filter(event -> event.name().equals("TaskOutcome"))
                        .map(event -> read(event, TaskOutcome.class).taskId().index()))
                .doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(read(events.getLast(), RunCompleted.class).counts().succeeded())
                .isEqualTo(20);
        assertThat(events.get(events.size() - 2).name()).isEqualTo("RunView");
        assertThat(events.get(events.size() - 2).data()).contains("\"status\":\"SUCCEEDED\"");
    }

    @Test
    void beginsWithTheRunAsItIsWhenItHasEnded() throws Exception {
        String id = submit(3);
        try (EchoWorker worker = new EchoWorker(bootstrapServers)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> given().get("/api/runs/{id}", id).then().body("status", equalTo("SUCCEEDED")));
        }

        HttpResponse<Stream<String>> answer = connect(id, "");
        try (Stream<String> lines = answer.body()) {
            Iterator<String> told = lines.iterator();
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(next(told).name()).isEqualTo("RunView");
            assertThat(read(next(told), RunCompleted.class).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(told.hasNext() && !told.next().isEmpty()).isFalse();
        }
    }

    @Test
    void saysThatARunIsUnknown() throws Exception {
        HttpResponse<Stream<String>> answer = connect("nobody-knows-it", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(Problem.MEDIA_TYPE);
        answer.body().close();
    }

    private static String submit(int tasks) {
        String id = "events-" + UUID.randomUUID();
        String specs = String.join(",", java.util.Collections.nCopies(tasks, "{\"agent\":\"echo\",\"input\":1}"));
        given().contentType("application/json")
                .body("{\"runId\":\"" + id + "\",\"tasks\":[" + specs + "]}")
                .post("/api/runs")
                .then()
                .statusCode(201);
        return id;
    }

    private HttpResponse<Stream<String>> connect(String id, String query) throws Exception {
        URI events = Objects.requireNonNull(server).resolve("/api/runs/" + id + "/events" + query);
        return http.send(
                HttpRequest.newBuilder(events)
                        .header("Accept", "text/event-stream")
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
    }

    private static Event next(Iterator<String> lines) {
        String name = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                return new Event(name, line.substring("data:".length()));
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static <M extends Message> M read(Event event, Class<M> type) {
        assertThat(event.name()).isEqualTo(type.getSimpleName());
        return Json.read(event.data().getBytes(StandardCharsets.UTF_8), type);
    }
}
