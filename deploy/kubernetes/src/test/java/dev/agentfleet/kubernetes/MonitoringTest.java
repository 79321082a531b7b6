package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.metric.FleetMetric;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringTest {
    private static final Path VALUES = Chart.good("production.yaml");
    /** Recorded by a rule of the chart, for autoscalers. */
    private static final String RECORDED = "fleet_pool_tasks";

    private static final Pattern METRIC = Pattern.compile("\\bfleet_[a-z_]+");

    @Test
    void metricsAreReadFromEveryPod() {
        assertThat(Chart.objects(VALUES, PodMonitor.class)).singleElement().satisfies(monitor -> {
            assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
            assertThat(monitor.getSpec().getPodMetricsEndpoints())
                    .singleElement()
                    .satisfies(endpoint -> {
                        assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
                        assertThat(endpoint.getPort()).isEqualTo("http");
                    });
        });
    }

    @Test
    void rulesAskForMetricsThatThereAre() {
        Set<String> known =
                Stream.of(FleetMetric.values()).map(FleetMetric::prometheusName).collect(Collectors.toSet());
        var asked = new TreeSet<String>();
        rules().forEach(rule ->
                METRIC.matcher(rule.getExpr().getStrVal()).results().forEach(match -> asked.add(match.group())));

        assertThat(asked).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyAlertSaysWhatIsWrongAndHowBadItIs() {
        assertThat(rules().stream().filter(rule -> rule.getAlert() != null).toList())
                .hasSizeGreaterThan(5)
                .allSatisfy(rule -> {
                    assertThat(rule.getLabels()).containsKey("severity");
                    assertThat(rule.getAnnotations().get("summary")).isNotBlank();
                    assertThat(rule.getExpr().getStrVal()).contains("namespace=\"agents\"");
                });
    }

    /** Whoever is woken by an alert finds it in the runbook. */
    @Test
    void everyAlertHasItsEntryInTheRunbook() throws Exception {
        List<String> runbook = Files.readAllLines(Path.of("operations.md"));

        assertThat(rules().stream().map(Rule::getAlert).filter(Objects::nonNull))
                .allSatisfy(alert -> assertThat(runbook).contains("### " + alert));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "single.yaml"})
    void aClusterWithoutTheOperatorGetsNone(String values) {
        assertThat(Chart.objects(Chart.good(values)))
                .noneMatch(object -> object instanceof PodMonitor || object instanceof PrometheusRule);
    }

    private static List<Rule> rules() {
        return Chart.objects(VALUES, PrometheusRule.class).stream()
                .flatMap(object -> object.getSpec().getGroups().stream())
                .flatMap(group -> group.getRules().stream())
                .toList();
    }
}
