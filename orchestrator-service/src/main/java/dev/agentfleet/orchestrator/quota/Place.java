package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.QuotaAmount;

/**
 * A worker that asked and got nothing: what its first call needs is set aside from those who came after it.
 *
 * @param seenAt when it asked last
 */
public record Place(String workerId, long seenAt, QuotaAmount first) {}
