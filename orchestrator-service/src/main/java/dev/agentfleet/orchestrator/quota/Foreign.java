package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.QuotaAmount;

/** What others use of the provider's limits, by what it last said is left. */
public record Foreign(long until, QuotaAmount amount) {}
