package dev.agentfleet.orchestrator.rest;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Exempts the lines of {@code POST /api/runs}, and nothing else, from {@code quarkus.http.limits.max-body-size}, which knows
 * no paths: before its check the request forgets how long it says it is, after it what was noted for the reading.
 */
@ApplicationScoped
class UnboundedLines {

    private static final String PATH = "/api/runs";

    void exempt(@Observes Router router) {
        router.post(PATH)
                .consumes(RunResource.NDJSON)
                .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2)
                .handler(UnboundedLines::forgetLength);
        router.post(PATH)
                .consumes(RunResource.NDJSON)
                .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1)
                .handler(UnboundedLines::forgetLimit);
    }

    private static void forgetLength(RoutingContext request) {
        request.request().headers().remove("Content-Length");
        request.next();
    }

    private static void forgetLimit(RoutingContext request) {
        request.remove(VertxInputStream.MAX_REQUEST_SIZE_KEY);
        request.next();
    }
}
