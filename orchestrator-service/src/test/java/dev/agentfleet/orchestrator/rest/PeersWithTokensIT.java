package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.orchestrator.runtime.PackagedOrchestrator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators that ask for tokens, each of which answers for the other's runs. */
@Tag("long")
@QuarkusTest
@TestProfile(PeersWithTokensIT.Advertised.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IssuerResource.class, restrictToAnnotatedClass = true)
class PeersWithTokensIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> RUNS =
            IntStream.range(0, 12).mapToObj(number -> "peers-" + number).toList();

    /** An application of its own, which others reach. */
    public static final class Advertised implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            int port = freePort();
            return Map.of(
                    "quarkus.http.test-port",
                    Integer.toString(port),
                    "fleet.orchestrator.advertised-url",
                    "http://127.0.0.1:" + port);
        }
    }

    @ConfigProperty(name = "kafka.bootstrap.servers")
    private String bootstrapServers = "";

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    private String issuer = "";

    @ConfigProperty(name = IssuerResource.KEY)
    private String key = "";

    @TempDir
    private Path directory;

    @Test
    void aRequestIsHandedOnInTheNameOfWhoMadeIt() throws IOException {
        int port = freePort();
        String other = "http://127.0.0.1:" + port;
        try (var peer = PackagedOrchestrator.start(
                        directory,
                        Map.of(
                                "kafka.bootstrap.servers",
                                bootstrapServers,
                                "quarkus.http.port",
                                Integer.toString(port),
                                "fleet.orchestrator.advertised-url",
                                other,
                                "fleet.orchestrator.state-dir",
                                directory.resolve("state").toString(),
                                "fleet.orchestrator.home-partitions",
                                "3",
                                "fleet.orchestrator.task-partitions",
                                "4",
                                "fleet.orchestrator.auth.tokens",
                                "true",
                                "quarkus.oidc.auth-server-url",
                                issuer,
                                "quarkus.oidc.token.audience",
                                IssuerResource.AUDIENCE));
                var audit = new AuditLines()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> status(given(), other, "/q/health/ready") == 200);

            for (String run : RUNS) {
                eventually(
                        201,
                        () -> as("submitter")
                                .contentType("application/json")
                                .body("{\"runId\":\"" + run + "\",\"agent\":\"nobody\",\"input\":null}")
                                .post("/api/runs")
                                .statusCode());
            }
            for (String run : RUNS) {
                eventually(200, () -> status(as("viewer"), "", "/api/runs/" + run));
                eventually(200, () -> status(as("viewer"), other, "/api/runs/" + run));
                assertThat(cancel("viewer", run)).isEqualTo(403);
                eventually(202, () -> cancel("submitter", run));
            }
            eventually(200, () -> status(as("viewer"), "", "/api/runs"));

            List<String> there = peer.lines();
            assertThat(there)
                    .filteredOn(PeersWithTokensIT::isCancel)
                    .as("handed on")
                    .isNotEmpty();
            assertThat(RUNS)
                    .allSatisfy(run -> assertThat(Stream.concat(audit.about(run).stream(), there.stream())
                                    .filter(line -> isCancel(line) && line.endsWith("runId=" + run)))
                            .as(run)
                            .singleElement()
                            .asString()
                            .contains("by=alice/4711 "));
        }
    }

    private static boolean isCancel(String line) {
        return line.contains("cancelled by=");
    }

    /**
     * Partitions move when the second one comes. Meanwhile an owner is not known, and a submission is answered 202: it is durable
     * and not yet admitted, and the same again is safe.
     */
    private static void eventually(int wanted, IntSupplier request) {
        await().atMost(PATIENCE).until(() -> {
            int answered = request.getAsInt();
            assertThat(answered).isIn(wanted == 201 ? Set.of(201, 202, 503) : Set.of(wanted, 503));
            return answered == wanted;
        });
    }

    private static int status(RequestSpecification request, String base, String path) {
        return request.get(base + path).statusCode();
    }

    private int cancel(String role, String run) {
        return as(role).contentType("application/json")
                .body("{}")
                .post("/api/runs/" + run + "/cancel")
                .statusCode();
    }

    private RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + new IssuedTokens(issuer, key).of(Set.of(role)));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
