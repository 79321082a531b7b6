package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.peer.Credentials;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What the caller of the present request showed. */
@ApplicationScoped
class CallerCredentials implements Credentials {

    private final CurrentVertxRequest request;

    CallerCredentials(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public Optional<String> authorization() {
        if (!Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.getCurrent())
                .map(context -> context.request().getHeader("Authorization"));
    }
}
