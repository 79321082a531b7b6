package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends a request with a problem before any endpoint has seen it. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    /** Does nothing when an answer has begun. */
    static void send(RoutingContext context, Problem problem) {
        HttpServerResponse out = context.response();
        if (out.headWritten() || out.closed()) {
            return;
        }
        try {
            var _ = out.setStatusCode(problem.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(Json.mapper().writeValueAsBytes(problem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
