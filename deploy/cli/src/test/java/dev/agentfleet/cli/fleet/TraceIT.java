package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace through real processes, as a collector gets it. */
class TraceIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final String ORCHESTRATOR = "agent-fleet-orchestrator";
    private static final String WORKER = "agent-fleet-worker";

    /** The bodies that were exported. */
    private static final List<byte[]> EXPORTED = new CopyOnWriteArrayList<>();

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable HttpServer collector;
    private static @Nullable Fleet started;

    @BeforeAll
    static void start() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", TraceIT::collect);
        server.start();
        collector = server;
        started = Fleet.start(
                Objects.requireNonNull(directory),
                Map.of(
                        "quarkus.otel.sdk.disabled",
                        "false",
                        "quarkus.otel.exporter.otlp.protocol",
                        "http/protobuf",
                        "quarkus.otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "quarkus.otel.bsp.schedule.delay",
                        "PT0.2S"));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
        if (collector != null) {
            collector.stop(0);
        }
    }

    @Test
    void oneTraceFromARestCallThroughTheAttemptToTheOutcome() throws Exception {
        Fleet fleet = Objects.requireNonNull(started);
        RunId id = Fleet.newId();

        submit(fleet.api().server(), id);
        fleet.awaitEnd(id);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(spans())
                    .extracting(ExportedSpan::name)
                    .contains("submit", "dispatch", "attempt", "settle", "run");
            assertThat(spans())
                    .extracting(ExportedSpan::spanId)
                    .contains(only("submit", ORCHESTRATOR).parentId());
        });
        spans().forEach(System.out::println);
        ExportedSpan submit = only("submit", ORCHESTRATOR);
        ExportedSpan dispatch = only("dispatch", ORCHESTRATOR);
        ExportedSpan attempt = only("attempt", WORKER);
        ExportedSpan settle = only("settle", ORCHESTRATOR);
        ExportedSpan run = only("run", ORCHESTRATOR);
        assertThat(spans())
                .as("the REST call")
                .filteredOn(span -> span.spanId().equals(submit.parentId()))
                .extracting(ExportedSpan::service, ExportedSpan::parentId)
                .containsExactly(tuple(ORCHESTRATOR, CLIENT));
        assertThat(dispatch.parentId()).isEqualTo(submit.spanId());
        assertThat(attempt.parentId()).isEqualTo(dispatch.spanId());
        assertThat(settle.parentId()).isEqualTo(attempt.spanId());
        assertThat(run.parentId()).isEqualTo(submit.spanId());
        assertThat(RunsTopic.headers(fleet.processes().bootstrapServers(), id, Headers.TRACEPARENT))
                .containsExactly(context(settle.spanId()), context(run.spanId()));
        assertThat(text()).contains(id.value() + "/0").doesNotContain("a-secret");
    }

    private static List<ExportedSpan> spans() {
        return EXPORTED.stream()
                .flatMap(body -> ExportedSpan.readAll(body).stream())
                .filter(span -> span.traceId().equals(TRACE))
                .toList();
    }

    private static ExportedSpan only(String name, String service) {
        List<ExportedSpan> named =
                spans().stream().filter(span -> span.name().equals(name)).toList();
        assertThat(named).as(name).hasSize(1);
        assertThat(named.getFirst().service()).as(name).isEqualTo(service);
        return named.getFirst();
    }

    private static String context(String spanId) {
        return "00-" + TRACE + '-' + spanId + "-01";
    }

    /** All that was exported: texts stand in it as they are. */
    private static String text() {
        return EXPORTED.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
    }

    private static void submit(URI server, RunId id) throws Exception {
        String body = "{\"runId\":\"" + id + "\",\"agent\":\"echo\",\"input\":\"a-secret\"}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.resolve("/api/runs"))
                            .header("Content-Type", "application/json")
                            .header("traceparent", context(CLIENT))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    private static void collect(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            EXPORTED.add(body.readAllBytes());
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
