package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The agent {@code test}. */
@ConfigMapping(prefix = "fleet.agents.test")
public interface TestConfig {

    /** Whether tasks may run test commands on this machine, in the sandbox that {@code fleet.worker.sandbox} describes. */
    @WithDefault("false")
    boolean enabled();
}
