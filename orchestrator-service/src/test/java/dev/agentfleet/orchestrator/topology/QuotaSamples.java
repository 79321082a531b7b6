package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import java.util.Map;

/** Quotas for tests of the topology. */
final class QuotaSamples {

    static final Lane LANE = new Lane("anthropic", "main", "claude");
    static final QuotaRules RULES = new QuotaRules(60_000, 2_000, 250, 10_000, 5_000);

    private QuotaSamples() {}

    static QuotaSettings settings() {
        return new QuotaSettings(RULES, Map.of(LANE, QuotaLimits.ofRequests(100)), QuotaListener.NONE);
    }
}
