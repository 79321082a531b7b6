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

                ## Effective work rate
                Accepted divided by all, where all is accepted and wasted; [why so](0043-cost-and-effective-work.md). Of the tokens of the last
                hour, and in the same way of time (`%s`, `%s`) and money (`%s`, `%s`):

                ```promql
                %s
                ```

                What was wasted, and why: `sum by (cause) (increase(%s[1h]))`. One run's: `work` of `GET /api/runs/{id}`.

                ## Orchestrator
                %s
                ## Worker
                %s""".formatted(
                        REWRITE,
                        FleetMetric.ATTEMPTS_ACCEPTED.prometheusName(),
                        FleetMetric.ATTEMPTS_WASTED.prometheusName(),
                        FleetMetric.COST_ACCEPTED.prometheusName(),
                        FleetMetric.COST_WASTED.prometheusName(),
                        rate(FleetMetric.TOKENS_ACCEPTED, FleetMetric.TOKENS_WASTED),
                        FleetMetric.TOKENS_WASTED.prometheusName(),
                        table(metric -> !metric.isWorkers()),
                        table(FleetMetric::isWorkers));
    }

    private static String rate(FleetMetric accepted, FleetMetric wasted) {
        return "sum(increase(%1$s[1h])) / (sum(increase(%1$s[1h])) + sum(increase(%2$s[1h])))"
                .formatted(accepted.prometheusName(), wasted.prometheusName());
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
