package dev.agentfleet.worker.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * Gives the calls of bulkheads a name of their own. SmallRye Fault Tolerance 6.10 counts them under the name of the rate
 * limits, with other tags; Prometheus refuses that, and every call of the second kind of agent would fail.
 */
@Singleton
final class BulkheadMeterNames implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals("ft.ratelimit.calls.total") && id.getTag("bulkheadResult") != null
                ? id.withName("ft.bulkhead.calls.total")
                : id;
    }
}
