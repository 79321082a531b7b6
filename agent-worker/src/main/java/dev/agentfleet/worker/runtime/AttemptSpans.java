package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.TaskAssignment;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins the spans of attempts whose assignment brings a trace; any other costs nothing. Without an exporter no span is
 * made, and the trace is handed on as it came. See ADR 15.
 */
@Singleton
final class AttemptSpans {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapSetter<String[]> TEXT = (carrier, name, value) -> {
        if (carrier != null && name.equals(Headers.TRACEPARENT)) {
            carrier[0] = value;
        }
    };

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(Headers.TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(Headers.TRACEPARENT) ? carrier : null;
        }
    };

    private final Tracer tracer;
    private final String workerId;

    AttemptSpans(OpenTelemetry telemetry, WorkerIdentity identity) {
        this.tracer = telemetry.getTracer("dev.agentfleet.worker");
        this.workerId = identity.workerId();
    }

    AttemptSpan begin(TaskAssignment assignment, AssignmentRecord record) {
        String traceparent = record.header(Headers.TRACEPARENT);
        if (traceparent == null) {
            return AttemptSpan.NONE;
        }
        Context parent = W3C.extract(Context.root(), traceparent, GETTER);
        Span span = tracer.spanBuilder("attempt")
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("runId", assignment.taskId().runId().value())
                .setAttribute("taskId", assignment.taskId().toString())
                .setAttribute("attempt", assignment.attempt())
                .setAttribute("agent", assignment.agent())
                .setAttribute("workerId", workerId)
                .startSpan();
        String[] text = new String[1];
        W3C.inject(Context.root().with(span), text, TEXT);
        return new AttemptSpan(span, text[0]);
    }
}
