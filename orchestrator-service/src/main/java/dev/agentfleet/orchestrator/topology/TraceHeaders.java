package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Headers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The W3C header {@code traceparent} on records. What is no such header is none. */
public final class TraceHeaders {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapSetter<org.apache.kafka.common.header.Headers> SETTER = (headers, name, value) -> {
        // The contract has no tracestate.
        if (headers != null && name.equals(Headers.TRACEPARENT)) {
            headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    };

    private static final TextMapSetter<String[]> TEXT = (carrier, name, value) -> {
        if (carrier != null && name.equals(Headers.TRACEPARENT)) {
            carrier[0] = value;
        }
    };

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private TraceHeaders() {}

    /** Puts the context on the record; nothing when there is none. */
    public static void inject(Context context, org.apache.kafka.common.header.Headers headers) {
        W3C.inject(context, headers, SETTER);
    }

    static void inject(Span span, org.apache.kafka.common.header.Headers headers) {
        inject(Context.root().with(span), headers);
    }

    /** The text of the span's context; null when it is not sampled. */
    static @Nullable String sampled(Span span) {
        if (!span.getSpanContext().isSampled()) {
            return null;
        }
        String[] text = new String[1];
        W3C.inject(Context.root().with(span), text, TEXT);
        return text[0];
    }

    static Context extract(org.apache.kafka.common.header.Headers headers) {
        Header header = headers.lastHeader(Headers.TRACEPARENT);
        return header == null || header.value() == null
                ? Context.root()
                : context(new String(header.value(), StandardCharsets.UTF_8));
    }

    static Context context(String traceparent) {
        return W3C.extract(Context.root(), Map.of(Headers.TRACEPARENT, traceparent), GETTER);
    }
}
