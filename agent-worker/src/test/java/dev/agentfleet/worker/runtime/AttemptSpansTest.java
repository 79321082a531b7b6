package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Headers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptSpansTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String DISPATCH = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + '-' + DISPATCH + "-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    @Test
    void continuesTheTraceOfTheAssignmentAndPassesItOn() {
        var bench = new Bench(telemetry);
        attempt(bench, TRACEPARENT).run(Bench.agent((input, context) -> input));

        SpanData span = only();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(DISPATCH);
        assertThat(span.getName()).isEqualTo("attempt");
        assertThat(span.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("runId"), "run")
                .containsEntry(AttributeKey.stringKey("taskId"), "run/0")
                .containsEntry(AttributeKey.longKey("attempt"), 1L)
                .containsEntry(AttributeKey.stringKey("agent"), "test")
                .containsEntry(AttributeKey.stringKey("verdict"), "Succeeded")
                .containsKey(AttributeKey.stringKey("workerId"));
        assertThat(bench.reporter.traces).containsExactly(Optional.of("00-" + TRACE + '-' + span.getSpanId() + "-01"));
    }

    @Test
    void isTheParentOfWhatTheAgentTraces() {
        attempt(new Bench(telemetry), TRACEPARENT).run(Bench.agent((input, context) -> {
            telemetry.getTracer("agent").spanBuilder("model call").startSpan().end();
            return input;
        }));

        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("model call", "attempt");
        assertThat(exporter.getFinishedSpanItems().getFirst().getParentSpanId())
                .isEqualTo(exporter.getFinishedSpanItems().getLast().getSpanId());
    }

    @Test
    void tellsOfAFailureItsCodeAlone() {
        attempt(new Bench(telemetry), TRACEPARENT).run(Bench.agent((input, context) -> {
            throw AgentFailureException.permanent("BROKEN", "the secret is 42");
        }));

        assertThat(only().getStatus())
                .isEqualTo(StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, "BROKEN"));
        assertThat(only().getEvents()).isEmpty();
        assertThat(only().toString()).doesNotContain("secret");
    }

    @Test
    void makesNoSpanWithoutATrace() {
        var bench = new Bench(telemetry);
        attempt(bench, null).run(Bench.agent((input, context) -> {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            return input;
        }));

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
        assertThat(bench.reporter.traces).containsExactly(Optional.empty());
    }

    @Test
    void handsTheTraceOnAsItCameWhereNothingIsExported() {
        var bench = new Bench(OpenTelemetry.noop());
        attempt(bench, TRACEPARENT).run(Bench.agent((input, context) -> input));

        assertThat(bench.reporter.traces).containsExactly(Optional.of(TRACEPARENT));
    }

    private static LiveAttempt attempt(Bench bench, @Nullable String traceparent) {
        var headers = traceparent == null ? Map.<String, String>of() : Map.of(Headers.TRACEPARENT, traceparent);
        var attempt =
                new LiveAttempt(Bench.assignment(Duration.ofMinutes(1)), new FakeRecord(null, headers), bench.services);
        bench.live.add(attempt);
        bench.slots.take();
        return attempt;
    }

    private SpanData only() {
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        return exporter.getFinishedSpanItems().getFirst();
    }
}
