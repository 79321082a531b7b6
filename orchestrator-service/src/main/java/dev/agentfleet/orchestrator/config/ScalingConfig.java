package dev.agentfleet.orchestrator.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many workers are asked for. */
public interface ScalingConfig {

    /** Within which time a backlog should be done: for no more workers is asked than that takes; at least a second. */
    @WithDefault("PT30S")
    Duration targetBacklog();

    /** Slots a worker is taken to have while none lives that could tell; at least 1. */
    @WithDefault("16")
    int slotsPerWorker();

    /** How long an attempt is taken to last, longer than zero, in a pool where no end of one has been observed since the start of the orchestrator. */
    @WithDefault("PT30S")
    Duration attemptTime();
}
