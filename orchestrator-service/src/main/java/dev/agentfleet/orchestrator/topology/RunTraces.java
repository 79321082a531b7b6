package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrator's spans: submit, dispatch, settle, run. A run keeps the context of its submit span if that is sampled,
 * and then its first tasks are traced; any other run costs nothing. Spans end, and so are exported, when their transaction
 * is committed. Without an exporter no span is made, and a client's context is handed on as it came. See ADR 15.
 */
public final class RunTraces {

    private final Tracer tracer;
    private final int tasksPerRun;
    private final Consumer<Runnable> afterCommit;

    /**
     * @param tasksPerRun tasks with an index below are traced
     * @param afterCommit calls what it is given once the transaction of the calling thread is committed
     */
    public RunTraces(OpenTelemetry telemetry, int tasksPerRun, Consumer<Runnable> afterCommit) {
        this.tracer = telemetry.getTracer("dev.agentfleet.orchestrator");
        this.tasksPerRun = tasksPerRun;
        this.afterCommit = afterCommit;
    }

    public static RunTraces none() {
        return new RunTraces(OpenTelemetry.noop(), 0, Runnable::run);
    }

    /** What the run is to keep of its trace; null when it is not sampled. */
    @Nullable
    String submitted(RunId id, Headers request) {
        Span span = start("submit", SpanKind.CONSUMER, TraceHeaders.extract(request), id)
                .startSpan();
        return end(span);
    }

    void dispatched(@Nullable String trace, TaskAssignment assignment, String pool, Headers headers) {
        if (trace != null && assignment.taskId().index() < tasksPerRun) {
            Span span = task("dispatch", SpanKind.PRODUCER, TraceHeaders.context(trace), assignment.taskId())
                    .setAttribute("attempt", assignment.attempt())
                    .setAttribute("agent", assignment.agent())
                    .setAttribute("pool", pool)
                    .startSpan();
            TraceHeaders.inject(span, headers);
            end(span);
        }
    }

    /** @param report headers of the report that brought the outcome; null when none did */
    void settled(@Nullable String trace, TaskOutcome outcome, @Nullable Headers report, Headers headers) {
        if (trace == null || outcome.taskId().index() >= tasksPerRun) {
            return;
        }
        Context attempt = report == null ? Context.root() : TraceHeaders.extract(report);
        boolean reported = Span.fromContext(attempt).getSpanContext().isValid();
        Context parent = reported ? attempt : TraceHeaders.context(trace);
        Span span = task("settle", SpanKind.CONSUMER, parent, outcome.taskId())
                .setAttribute("attempt", outcome.attempts())
                .setAttribute("agent", outcome.agent())
                .setAttribute("status", outcome.status().name())
                .startSpan();
        if (outcome.status() != TaskStatus.SUCCEEDED) {
            span.setStatus(
                    StatusCode.ERROR,
                    outcome.failure() == null
                            ? outcome.status().name()
                            : outcome.failure().code());
        }
        TraceHeaders.inject(span, headers);
        end(span);
    }

    /** The span of the run as a whole, from its admission on. */
    void completed(@Nullable String trace, RunCompleted run, Headers headers) {
        if (trace != null) {
            Span span = start("run", SpanKind.INTERNAL, TraceHeaders.context(trace), run.runId())
                    .setStartTimestamp(run.admittedAt())
                    .setAttribute("status", run.status().name())
                    .setAttribute("tasks", run.tasks())
                    .setAttribute("attempts", run.attempts())
                    .startSpan();
            TraceHeaders.inject(span, headers);
            end(span);
        }
    }

    private SpanBuilder task(String name, SpanKind kind, Context parent, TaskId task) {
        return start(name, kind, parent, task.runId()).setAttribute("taskId", task.toString());
    }

    private SpanBuilder start(String name, SpanKind kind, Context parent, RunId id) {
        return tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).setAttribute("runId", id.value());
    }

    private @Nullable String end(Span span) {
        if (span.isRecording()) {
            afterCommit.accept(span::end);
        }
        return TraceHeaders.sampled(span);
    }
}
