package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.metric.FleetMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Counts what waits for limited lanes; operators name those. Thread-safe. */
public final class QuotaFigures {

    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<Lane, Counter> waited = new ConcurrentHashMap<>();

    public QuotaFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    void limited(Lane lane, IntSupplier waiting) {
        waited.computeIfAbsent(lane, name -> register(name, waiting));
    }

    void waited(Lane lane, long nanos) {
        Counter counter = waited.get(lane);
        if (counter != null) {
            counter.increment(nanos / NANOS);
        }
    }

    private Counter register(Lane lane, IntSupplier waiting) {
        FleetMetric calls = FleetMetric.WORKER_QUOTA_WAITING;
        Gauge.builder(calls.metricName(), waiting::getAsInt)
                .description(calls.description())
                .tag("lane", lane.toString())
                .strongReference(true)
                .register(registry);
        FleetMetric seconds = FleetMetric.WORKER_QUOTA_WAITED;
        return Counter.builder(seconds.metricName())
                .baseUnit(seconds.unit())
                .description(seconds.description())
                .tag("lane", lane.toString())
                .register(registry);
    }
}
