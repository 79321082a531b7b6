package dev.agentfleet.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard asks for metrics that exist, in a way that fits their kind. */
class DashboardTest {

    private static final Path FILE = Path.of("../deploy/grafana/agent-fleet.json");
    private static final Pattern METRIC = Pattern.compile("(rate\\(|increase\\()?\\b(fleet_[a-z_]+)");
    private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)|\\{([a-z_]+)=~?\"");
    private static final Map<String, FleetMetric> METRICS = Arrays.stream(FleetMetric.values())
            .collect(Collectors.toMap(FleetMetric::prometheusName, Function.identity()));

    @Test
    void asksForMetricsThatExist() throws IOException {
        assertThat(expressions()).flatMap(DashboardTest::names).isNotEmpty().isSubsetOf(METRICS.keySet());
    }

    @Test
    void readsCountersAsRatesAndGaugesAsTheyAre() throws IOException {
        assertThat(expressions().stream()
                        .flatMap(expression -> METRIC.matcher(expression).results()))
                .allSatisfy(use -> assertThat(metric(use.group(2)).kind())
                        .as(use.group())
                        .isEqualTo(use.group(1) == null ? MetricKind.GAUGE : MetricKind.COUNTER));
    }

    @Test
    void groupsByTagsThatTheMetricsHave() throws IOException {
        assertThat(expressions()).allSatisfy(expression -> {
            Set<String> tags = names(expression).stream()
                    .flatMap(name -> metric(name).tags().stream())
                    .collect(Collectors.toCollection(HashSet::new));
            assertThat(labels(expression)).as(expression).isSubsetOf(tags);
        });
    }

    @Test
    void showsEveryMetricOfTheOrchestratorThatMeansTrouble() throws IOException {
        assertThat(expressions())
                .flatMap(DashboardTest::names)
                .contains(
                        FleetMetric.TASKS_WAITING_OLDEST.prometheusName(),
                        FleetMetric.DEAD_LETTERS.prometheusName(),
                        FleetMetric.STREAMS_THREADS_REPLACED.prometheusName(),
                        FleetMetric.POOL_LAG.prometheusName(),
                        FleetMetric.WORKER_SLOTS_LOST.prometheusName());
    }

    private static List<String> expressions() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());
        return dashboard.findValuesAsText("expr");
    }

    private static FleetMetric metric(String name) {
        return Objects.requireNonNull(METRICS.get(name), name);
    }

    private static List<String> names(String expression) {
        return METRIC.matcher(expression).results().map(use -> use.group(2)).toList();
    }

    private static List<String> labels(String expression) {
        return LABELS.matcher(expression)
                .results()
                .flatMap(DashboardTest::labels)
                .toList();
    }

    private static Stream<String> labels(MatchResult found) {
        return found.group(1) == null
                ? Stream.of(found.group(2))
                : Arrays.stream(found.group(1).split(",\\s*"));
    }
}
