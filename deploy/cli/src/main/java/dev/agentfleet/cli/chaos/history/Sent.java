package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the workload wrote.
 *
 * @param request its type
 * @param acknowledged where Kafka said it stands; null when nobody knows whether it was taken
 * @param at when the answer came, by this machine's clock
 */
public record Sent(RunId runId, String request, @Nullable Position acknowledged, Instant at) {}
