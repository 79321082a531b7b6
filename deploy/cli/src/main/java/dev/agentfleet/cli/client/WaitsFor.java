package dev.agentfleet.cli.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for, as the orchestrator tells.
 *
 * @param reason one of a list that may grow
 * @param text for people
 * @param until when the wait ends, where known
 */
public record WaitsFor(String reason, String text, @Nullable Instant until) {}
