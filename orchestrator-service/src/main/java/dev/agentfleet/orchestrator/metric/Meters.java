package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.metric.FleetMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Registers meters as {@link FleetMetric} describes them. */
record Meters(MeterRegistry registry) {

    /** @param values of the metric's tags, in their order */
    Counter counter(FleetMetric metric, String... values) {
        return Counter.builder(metric.metricName())
                .baseUnit(unit(metric))
                .description(metric.description())
                .tags(tags(metric, values))
                .register(registry);
    }

    /** A counter that is kept elsewhere. */
    void counted(FleetMetric metric, DoubleSupplier value) {
        FunctionCounter.builder(metric.metricName(), value, DoubleSupplier::getAsDouble)
                .baseUnit(unit(metric))
                .description(metric.description())
                .register(registry);
    }

    void gauge(FleetMetric metric, DoubleSupplier value, String... values) {
        Gauge.builder(metric.metricName(), value::getAsDouble)
                .baseUnit(unit(metric))
                .description(metric.description())
                .tags(tags(metric, values))
                .strongReference(true)
                .register(registry);
    }

    /** Only time is part of a name: any other unit is there already. */
    private static @Nullable String unit(FleetMetric metric) {
        return metric.unit().equals("seconds") ? "seconds" : null;
    }

    private static Tags tags(FleetMetric metric, String... values) {
        if (values.length != metric.tags().size()) {
            throw new IllegalArgumentException(
                    metric + ": " + values.length + " tag values, but it has the tags " + metric.tags());
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.tags().get(i), values[i]);
        }
        return tags;
    }
}
