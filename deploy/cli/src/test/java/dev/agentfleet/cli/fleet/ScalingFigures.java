package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an orchestrator answers to whoever starts and stops workers of the default pool. */
record ScalingFigures(int waiting, int running, int live, int desired, int age, int slots) {

    /** Asks for it, as an autoscaler does. */
    static ScalingFigures of(FleetApi orchestrator) throws IOException, InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(orchestrator.server().resolve("/api/scaling/default"))
                .build();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<byte[]> answer = http.send(question, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return of(Json.mapper().readTree(answer.body()));
        }
    }

    private static ScalingFigures of(JsonNode answer) {
        assertThat(answer.path("pool").asText()).isEqualTo("default");
        return new ScalingFigures(
                answer.path("waiting").asInt(-1),
                answer.path("running").asInt(-1),
                answer.path("liveWorkers").asInt(-1),
                answer.path("desiredWorkers").asInt(-1),
                answer.path("oldestAgeSeconds").asInt(-1),
                answer.path("slotsPerWorker").asInt(-1));
    }

    ScalingFigures withoutAge() {
        return new ScalingFigures(waiting, running, live, desired, 0, slots);
    }
}
