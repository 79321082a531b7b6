package dev.agentfleet.orchestrator.runtime;

import dev.agentfleet.orchestrator.access.Exposure;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.config.ServerSettings;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Before anything starts, and before the port is open: refuses to let in everybody where that was not asked for. */
@ApplicationScoped
class StartGuard {

    private static final Logger LOG = Logger.getLogger(StartGuard.class);
    private static final int REFUSED = 2;

    private final Exposure exposure;

    StartGuard(OrchestratorConfig config, ServerSettings server) {
        this.exposure = new Exposure(
                server.host(),
                config.auth().tokens(),
                server.hasAudience(),
                config.auth().anonymous());
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        exposure.refusal().ifPresent(refusal -> {
            LOG.fatalf("cannot start: %s", refusal);
            Quarkus.asyncExit(REFUSED);
            // Alone it would leave a process that waits; without it the port would open for a moment.
            throw new PreventFurtherStepsException(refusal, REFUSED);
        });
        exposure.warning().ifPresent(LOG::warn);
    }
}
