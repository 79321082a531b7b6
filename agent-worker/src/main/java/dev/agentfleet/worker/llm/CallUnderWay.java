package dev.agentfleet.worker.llm;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;

/** What the journal is told of one call. */
final class CallUnderWay implements AutoCloseable {

    private final CallJournal journal;
    private final Provider provider;
    private final String model;
    private final Span span;

    CallUnderWay(CallJournal journal, Provider provider, String model, Span span) {
        this.journal = journal;
        this.provider = provider;
        this.model = model;
        this.span = span;
    }

    void answered(ModelResponse response) {
        span.setAttribute("inputTokens", response.usage().sent());
        span.setAttribute("outputTokens", response.usage().output());
        journal.answered(provider, model, response);
    }

    /** @param outcome a code */
    void failed(String outcome, Duration took) {
        span.setStatus(StatusCode.ERROR, outcome);
        journal.failed(provider, model, outcome, took);
    }

    @Override
    public void close() {
        span.end();
        journal.over();
    }
}
