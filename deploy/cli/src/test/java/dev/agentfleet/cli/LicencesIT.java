package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bills of materials that the build wrote: what is shipped may be shipped under the licence of the whole. */
class LicencesIT {
    /** Names of SPDX; the Go License is a BSD-3-Clause that bills of materials give by its own name. */
    private static final Set<String> COMPATIBLE = Set.of(
            "Go License",
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0");

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator-service", "agent-worker", "deploy/cli", "deploy/embedded-kafka"})
    void everythingShippedHasALicenceThatFits(String module) throws Exception {
        List<JsonNode> components = components(module);

        assertThat(components)
                .hasSizeGreaterThan(5)
                .allSatisfy(component -> assertThat(licences(component))
                        .as(component.path("purl").asText())
                        .anyMatch(COMPATIBLE::contains));
    }

    private static List<JsonNode> components(String module) throws IOException {
        Path bill = Path.of(System.getProperty("fleet.home"), module, "target", "bom.json");
        var components = new ArrayList<JsonNode>();
        Json.mapper().readTree(Files.readAllBytes(bill)).path("components").forEach(components::add);
        return components;
    }

    /** One of them suffices: the author leaves the choice. */
    private static List<String> licences(JsonNode component) {
        var licences = new ArrayList<String>();
        for (JsonNode each : component.path("licenses")) {
            licences.add(each.path("license").path("id").asText());
            licences.add(each.path("license").path("name").asText());
            licences.add(each.path("expression").asText());
        }
        return licences;
    }
}
