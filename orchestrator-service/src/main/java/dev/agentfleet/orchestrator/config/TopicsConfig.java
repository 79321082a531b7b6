package dev.agentfleet.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The names of the topics. */
@ConfigMapping(prefix = "fleet.topics")
public interface TopicsConfig {

    /** Stands before the name of every topic, with its separator. */
    @WithDefault("fleet.")
    String prefix();
}
