package dev.agentfleet.worker.llm;

import dev.agentfleet.metric.FleetMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts and traces calls. A model without a price is tagged {@code other}: anybody may make up a name. */
@Startup
@Singleton
public final class CallJournal {

    static final String STOPPED = "STOPPED";
    private static final String ANSWERED = "ANSWERED";
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Prices prices;
    private final Tracer tracer;
    private final AtomicInteger underWay = new AtomicInteger();

    public CallJournal(MeterRegistry registry, Prices prices, ProviderGate gate, OpenTelemetry telemetry) {
        this.registry = registry;
        this.prices = prices;
        this.tracer = telemetry.getTracer("dev.agentfleet.worker");
        Gauge.builder(FleetMetric.WORKER_LLM_CALLS_UNDER_WAY.metricName(), underWay::get)
                .description(FleetMetric.WORKER_LLM_CALLS_UNDER_WAY.description())
                .strongReference(true)
                .register(registry);
        for (Provider provider : Provider.values()) {
            Gauge.builder(FleetMetric.WORKER_LLM_CLOSED.metricName(), () -> gate.isClosed(provider) ? 1 : 0)
                    .description(FleetMetric.WORKER_LLM_CLOSED.description())
                    .tag(FleetMetric.WORKER_LLM_CLOSED.tags().getFirst(), provider.tag())
                    .strongReference(true)
                    .register(registry);
            ended(provider, OTHER, ANSWERED, Duration.ZERO, 0);
            spent(provider, OTHER, Usage.NONE, 0);
        }
    }

    /** A call begins on this thread; a span of it belongs to the attempt's, where that has one. */
    CallUnderWay begin(Provider provider, ModelRequest request) {
        underWay.incrementAndGet();
        Span span = Span.getInvalid();
        if (Span.current().getSpanContext().isValid()) {
            span = tracer.spanBuilder("model call")
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute("provider", provider.tag())
                    .setAttribute("model", request.model())
                    .startSpan();
        }
        return new CallUnderWay(this, provider, request.model(), span);
    }

    void answered(Provider provider, String model, ModelResponse response) {
        ended(provider, tag(model), ANSWERED, response.latency(), 1);
        spent(provider, tag(model), response.usage(), usd(response));
    }

    void failed(Provider provider, String model, String outcome, Duration took) {
        ended(provider, tag(model), outcome, took, 1);
    }

    void over() {
        underWay.decrementAndGet();
    }

    private void ended(Provider provider, String model, String outcome, Duration took, int calls) {
        counter(FleetMetric.WORKER_LLM_CALLS, null, model, outcome, provider.tag())
                .increment(calls);
        counter(FleetMetric.WORKER_LLM_CALLS_TOOK, "seconds", model, outcome, provider.tag())
                .increment(took.toNanos() / 1e9);
    }

    private void spent(Provider provider, String model, Usage usage, double usd) {
        tokens(provider, model, "input", usage.input());
        tokens(provider, model, "output", usage.output());
        tokens(provider, model, "cache-read", usage.cacheRead());
        tokens(provider, model, "cache-write", usage.cacheWrite());
        counter(FleetMetric.WORKER_LLM_COST, null, model, provider.tag()).increment(usd);
    }

    private void tokens(Provider provider, String model, String kind, long count) {
        counter(FleetMetric.WORKER_LLM_TOKENS, null, kind, model, provider.tag())
                .increment(count);
    }

    private String tag(String model) {
        return prices.knows(model) ? model : OTHER;
    }

    private static double usd(ModelResponse response) {
        return response.usd() == null ? 0 : response.usd().doubleValue();
    }

    private Counter counter(FleetMetric metric, @Nullable String unit, String... values) {
        var builder = Counter.builder(metric.metricName()).baseUnit(unit).description(metric.description());
        for (int i = 0; i < values.length; i++) {
            builder.tag(metric.tags().get(i), values[i]);
        }
        return builder.register(registry);
    }
}
