package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it measures, not what: figures of a busy machine mean nothing. */
@Tag("long")
class BenchIT {
    private static final Duration BOUND = Duration.ofMinutes(8);

    @TempDir
    Path directory;

    @Test
    void takesEveryFigureAndItsBaselineInOneObject() throws Exception {
        try (var bench = FleetProcess.start(
                directory.resolve("output"),
                "bench",
                "noop",
                "sleep",
                "latency",
                "large",
                "held",
                "restart-running",
                "--scale",
                "0.005",
                "--rounds",
                "1",
                "--json",
                "--dir",
                directory.resolve("fleet").toString())) {
            int code = bench.awaitExit(BOUND);

            assertThat(code).as(bench.output()).isZero();
            String output = bench.output();
            JsonNode report = Json.mapper().readTree(output.substring(output.indexOf("\n{")));
            var figures = new ArrayList<String>();
            for (JsonNode scenario : report.path("scenarios")) {
                for (JsonNode row : scenario.path("rows")) {
                    figures.add(scenario.path("scenario").asText()
                            + ' '
                            + row.path("figure").asText());
                    assertThat(row.path("value").asDouble()).isPositive();
                    assertThat(row.path("baseline").asDouble()).isPositive();
                    assertThat(row.path("rounds")).hasSize(1);
                }
                assertThat(scenario.path("processes"))
                        .extracting(process -> process.path("name").asText())
                        .containsExactly("broker", "orchestrator", "worker-1", "this client");
                assertThat(scenario.path("processes")).allSatisfy(process -> {
                    assertThat(process.path("heapMegabytes").asLong()).isPositive();
                    assertThat(process.path("cpuSeconds").asDouble()).isNotNegative();
                });
            }
            var expected = new ArrayList<>(List.of(
                    "noop tasks",
                    "sleep duration",
                    "sleep tasks",
                    "latency p50",
                    "latency p99",
                    "large rate of the last tenth / of the first",
                    "large tasks",
                    "held heap after a collection"));
            for (String size : List.of("50", "500", "5,000")) {
                for (String figure : List.of("start after a stop", "start after kill -9", "heap", "resident")) {
                    expected.add("restart-running " + size + " tasks: " + figure);
                }
            }
            assertThat(figures).isEqualTo(expected);
        }
    }
}
