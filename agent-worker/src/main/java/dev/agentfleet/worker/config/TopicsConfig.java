package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the fleet's topics are called. */
@ConfigMapping(prefix = "fleet.topics")
public interface TopicsConfig {

    /** Stands before every topic name and group name, with its separator. The same for the whole fleet. */
    @WithDefault("fleet.")
    String prefix();
}
