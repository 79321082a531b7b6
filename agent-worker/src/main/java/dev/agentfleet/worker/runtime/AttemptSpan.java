package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.attempt.Verdict;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The span of one attempt, from before its code starts until its verdict.
 *
 * @param traceparent of the span, for what the attempt says; null when it is not traced
 */
record AttemptSpan(Span span, @Nullable String traceparent) {

    static final AttemptSpan NONE = new AttemptSpan(Span.getInvalid(), null);

    /** Runs the code; spans that it makes belong into this one. */
    void around(Runnable code) {
        if (traceparent == null) {
            code.run();
        } else {
            Context.current().with(span).wrap(code).run();
        }
    }

    /** Says of a failure its code alone: a reason may quote the input. */
    void end(Verdict verdict) {
        if (!span.isRecording()) {
            return;
        }
        span.setAttribute("verdict", verdict.getClass().getSimpleName());
        switch (verdict) {
            case Verdict.Failed(var failure) -> span.setStatus(StatusCode.ERROR, failure.code());
            case Verdict.TimedOut() -> span.setStatus(StatusCode.ERROR, "TIMEOUT");
            case Verdict.Succeeded _, Verdict.Released _, Verdict.Unavailable _, Verdict.Dropped _ -> {}
        }
        span.end();
    }
}
