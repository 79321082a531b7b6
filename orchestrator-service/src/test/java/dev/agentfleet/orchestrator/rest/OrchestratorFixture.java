package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Before each test the orchestrator is ready, with the smallest worker behind it. */
class OrchestratorFixture {

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
}
