package dev.agentfleet.orchestrator.health;

import dev.agentfleet.orchestrator.runtime.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The state of the streams application as probes. An absent broker is no reason to restart the process. */
@ApplicationScoped
public class StreamsHealth {

    private static final String NAME = "streams";
    private static final String NOT_STARTED = "NOT_STARTED";

    private final Orchestrator orchestrator;

    StreamsHealth(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> response(state().equals("RUNNING"));
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> response(!state().equals("ERROR"));
    }

    private HealthCheckResponse response(boolean up) {
        return HealthCheckResponse.named(NAME)
                .status(up)
                .withData("state", state())
                .build();
    }

    private String state() {
        return orchestrator.streamsState().orElse(NOT_STARTED);
    }
}
