package dev.agentfleet.worker.agents.sleep;

import java.time.Duration;

/**
 * What {@code sleep} returns.
 *
 * @param slept how long it was asked to sleep
 */
public record SleepOutput(Duration slept) {}
