package dev.agentfleet.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.contract.WorkerHeartbeat.AgentInfo;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerResourceTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final WorkerDirectory directory = new WorkerDirectory(Duration.ofSeconds(15), () -> NOW);
    private final WorkerResource resource = new WorkerResource(directory);

    @Test
    void tellsOfLivingWorkersWithTheirAgentsSlotsBusyVersionAndDraining() throws Exception {
        directory.heard(worker("silent", "0.9", 1, false), NOW.minusSeconds(16));
        directory.heard(worker("b", "1.3", 0, true), NOW);
        directory.heard(worker("a", "1.2", 3, false), NOW.minusSeconds(3));

        JsonNode workers = Json.mapper().readTree(Json.mapper().writeValueAsBytes(resource.workers()));

        assertThat(workers).hasSize(2);
        assertThat(workers.at("/0/lastHeard").asText()).isEqualTo("2026-01-02T03:04:02Z");
        assertThat(workers.at("/0/heartbeat/workerId").asText()).isEqualTo("a");
        assertThat(workers.at("/0/heartbeat/version").asText()).isEqualTo("1.2");
        assertThat(workers.at("/0/heartbeat/pool").asText()).isEqualTo("default");
        assertThat(workers.at("/0/heartbeat/agents/0/name").asText()).isEqualTo("echo");
        assertThat(workers.at("/0/heartbeat/agents/1/version").asText()).isEqualTo("2");
        assertThat(workers.at("/0/heartbeat/slots").asInt()).isEqualTo(4);
        assertThat(workers.at("/0/heartbeat/busy").asInt()).isEqualTo(3);
        assertThat(workers.at("/0/heartbeat/draining").asBoolean(true)).isFalse();
        assertThat(workers.at("/1/heartbeat/workerId").asText()).isEqualTo("b");
        assertThat(workers.at("/1/heartbeat/draining").asBoolean()).isTrue();
    }

    private static WorkerHeartbeat worker(String id, String version, int busy, boolean draining) {
        List<AgentInfo> agents = List.of(new AgentInfo("echo", "1"), new AgentInfo("sleep", "2"));
        return new WorkerHeartbeat(id, version, "default", agents, 4, busy, List.of(0), List.of(), draining);
    }
}
