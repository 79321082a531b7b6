package dev.agentfleet.orchestrator.runtime;

import dev.agentfleet.bootstrap.BootstrapServers;
import dev.agentfleet.orchestrator.access.Exposure;
import dev.agentfleet.orchestrator.config.KafkaServers;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.config.ServerSettings;
import dev.agentfleet.orchestrator.scaling.PoolScalings;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Before anything starts, and before the port is open: refuses to let in everybody where that was not asked for, and settings
 * that would only be found wrong by who needs them; then waits a little for the name of Kafka.
 */
@ApplicationScoped
class StartGuard {

    private static final Logger LOG = Logger.getLogger(StartGuard.class);
    private static final int REFUSED = 2;
    private static final int NO_KAFKA = 1;
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(30);

    private final Exposure exposure;
    private final Instance<PoolScalings> scalings;
    private final BootstrapServers kafka;

    StartGuard(OrchestratorConfig config, ServerSettings server, Instance<PoolScalings> scalings, KafkaServers kafka) {
        this.kafka = kafka.get();
        this.scalings = scalings;
        this.exposure = new Exposure(
                server.host(),
                config.auth().tokens(),
                server.hasAudience(),
                config.auth().anonymous());
    }

    void onStart(@Observes @Priority(1) StartupEvent event) throws InterruptedException {
        exposure.refusal().or(this::scalingRefusal).ifPresent(refusal -> end(refusal, REFUSED));
        exposure.warning().ifPresent(LOG::warn);
        kafka.awaitName(NAMED_WITHIN, () -> LOG.warnf("waiting for the name of Kafka: %s", kafka.text()))
                .ifPresent(objection -> end(objection, NO_KAFKA));
    }

    private static void end(String objection, int exitCode) {
        LOG.fatalf("cannot start: %s", objection);
        Quarkus.asyncExit(exitCode);
        // Alone it would leave a process that waits; without it the port would open for a moment.
        throw new PreventFurtherStepsException(objection, exitCode);
    }

    private Optional<String> scalingRefusal() {
        try {
            scalings.get();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("fleet.orchestrator.scaling." + e.getMessage());
        }
    }
}
