package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import java.util.Map;

/**
 * What the owner of the quotas needs.
 *
 * @param lanes the limits that configuration gives
 */
public record QuotaSettings(QuotaRules rules, Map<Lane, QuotaLimits> lanes, QuotaListener listener) {

    public QuotaSettings {
        lanes = Map.copyOf(lanes);
    }

    QuotaLimits limits(Lane lane) {
        return lanes.getOrDefault(lane, QuotaLimits.NONE);
    }
}
