package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.config.ServerSettings;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Names the limit to whoever says to send more than {@code quarkus.http.limits.max-body-size}, which the server's own check
 * would refuse without a word. Bodies that do not say how long they are meet that check while they are read.
 */
@ApplicationScoped
class BodyLimit {

    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;
    private static final int TOO_LARGE = 413;

    private final long most;

    BodyLimit(ServerSettings settings) {
        this.most = settings.maxBodyBytes();
    }

    void route(@Observes Router router) {
        router.route().order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        long length = length(context.request().getHeader("Content-Length"));
        if (length <= most) {
            context.next();
            return;
        }
        // What follows is not read: the connection is of no further use.
        context.response().putHeader("Connection", "close");
        ProblemAnswers.send(
                context,
                new Problem(
                        "about:blank",
                        "Content Too Large",
                        TOO_LARGE,
                        "body: '" + length + " bytes' must be at most " + most + " bytes",
                        "body",
                        length + " bytes",
                        "must be at most " + most + " bytes; send a larger batch as lines or as an open run"));
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            // The server refuses it.
            return 0;
        }
    }
}
