package dev.agentfleet.worker.flow;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A broker for the worker under test, and a configuration that makes its limits easy to reach. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    static final String PREFIX = "flow.";
    static final int SLOTS = 40;

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", SharedBroker.bootstrapServers()),
                Map.entry("fleet.topics.prefix", PREFIX),
                Map.entry("fleet.worker.slots", Integer.toString(SLOTS)),
                Map.entry("fleet.worker.heartbeat", "PT0.3S"),
                // Nobody dispatches again what it gives back.
                Map.entry("fleet.worker.patience", "PT1H"),
                Map.entry("fleet.worker.drain-budget", "PT1S"),
                Map.entry("fleet.agents.command.enabled", "true"),
                Map.entry("fleet.worker.sandbox.level", "none"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry(
                        "smallrye.faulttolerance.\"" + RetryingAgents.Configured.class.getName()
                                + "/run\".retry.max-retries",
                        "1"));
    }

    @Override
    public void stop() {
        // The broker is shared and ends with the JVM.
    }
}
