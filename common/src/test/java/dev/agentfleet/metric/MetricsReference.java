package dev.agentfleet.metric;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes the reference of the metrics. */
final class MetricsReference {

    static final String REWRITE = "mvn -pl common test -Dtest=MetricsReferenceTest -Dtest.args=-Dgolden.write=true";

    private MetricsReference() {}

    static String render() {
        return """
                # Metrics

                Generated from [FleetMetric](../common/src/main/java/dev/agentfleet/metric/FleetMetric.java); a test compares. To write it
                anew: `%s`

                Every process serves them for Prometheus at `/q/metrics`, beside those of its JVM and its HTTP server; a worker also has
                those of its agents' fault tolerance (`ft_*`). No tag holds an id: what one run or task does is asked over REST.

                **Counters** start at 0 with their process. The orchestrator counts a decision once its transaction is committed, so what is
                processed again after an abort counts once; a crash in between commit and count loses at most the counts of one commit
                interval. **Gauges** about runs and tasks are published by each home partition five times a second and may show what is not
                committed yet. Each orchestrator has those of its own partitions: sum them. Lags are asked of the broker every five seconds.

                Dashboard: [agent-fleet.json](../deploy/grafana/agent-fleet.json).

                ## Orchestrator
                %s
                ## Worker
                %s""".formatted(REWRITE, table(metric -> !metric.isWorkers()), table(FleetMetric::isWorkers));
    }

    private static String table(Predicate<FleetMetric> which) {
        return "| metric | kind | unit | tags | meaning |\n|---|---|---|---|---|\n"
                + Arrays.stream(FleetMetric.values())
                        .filter(which)
                        .map(MetricsReference::row)
                        .collect(Collectors.joining());
    }

    private static String row(FleetMetric metric) {
        return "| `" + metric.prometheusName() + "` | "
                + metric.kind().name().toLowerCase(java.util.Locale.ROOT) + " | " + metric.unit() + " | "
                + String.join(", ", metric.tags()) + " | " + metric.description() + " |\n";
    }
}
