package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.worker.config.CommandConfig;
import dev.agentfleet.worker.config.InvalidConfigurationException;
import dev.agentfleet.worker.config.SandboxConfig;
import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.config.TestConfig;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The sandbox of this worker, at the level its configuration names: tried before any task comes, and never another. */
@Singleton
public final class WorkerSandbox {

    private static final Logger LOG = Logger.getLogger(WorkerSandbox.class);

    private final SandboxConfig config;
    private final boolean wanted;
    private final String owner;
    private final MeterRegistry metrics;
    private volatile @Nullable OpenSandbox open;

    public WorkerSandbox(
            SandboxConfig config,
            CommandConfig command,
            TestConfig test,
            WorkerIdentity identity,
            MeterRegistry metrics) {
        this.config = config;
        this.wanted = command.enabled() || test.enabled();
        this.owner = identity.workerId();
        this.metrics = metrics;
    }

    /** Throws {@link InvalidConfigurationException} when the level cannot be had; does nothing where no program may run. */
    public void open() {
        if (!wanted) {
            return;
        }
        var opened = OpenSandbox.open(config, owner);
        try {
            SandboxTrial.run(opened.sandbox());
        } catch (AgentFailureException e) {
            opened.close();
            throw new InvalidConfigurationException(List.of("fleet.worker.sandbox.level: '"
                    + config.level().text() + "' cannot be had on this machine: " + e.getMessage()));
        }
        open = opened;
        if (config.level() == SandboxLevel.NONE) {
            LOG.warn("fleet.worker.sandbox.level is none: programs of tasks run with all the rights of this worker");
        } else {
            LOG.infof(
                    "programs of tasks run in a sandbox of level %s",
                    config.level().text());
        }
        Gauge.builder(FleetMetric.WORKER_SANDBOX.metricName(), () -> 1)
                .description(FleetMetric.WORKER_SANDBOX.description())
                .tags("level", config.level().text())
                .strongReference(true)
                .register(metrics);
    }

    /** Removes what is the worker's own. */
    public void close() {
        var opened = open;
        open = null;
        if (opened != null) {
            opened.close();
        }
    }

    /** How programs run here; null when none may. */
    public @Nullable String level() {
        return open == null ? null : config.level().text();
    }

    /** @param least what a task requires; null: nothing */
    public Sandbox require(@Nullable SandboxLevel least) {
        var opened = open;
        if (opened == null) {
            throw AgentFailureException.retryable("SANDBOX_NOT_STARTED", "This worker runs no programs now");
        }
        if (least != null && !opened.sandbox().level().meets(least)) {
            throw AgentFailureException.permanent(
                    "SANDBOX_TOO_WEAK",
                    "field 'sandbox' requires " + least.text() + "; this worker has fleet.worker.sandbox.level="
                            + config.level().text());
        }
        return opened.sandbox();
    }
}
