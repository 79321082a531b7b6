package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.orchestrator.quota.LaneLedger;
import org.jspecify.annotations.Nullable;

/** Told by the owner of the quotas what it knows; on its thread. */
public interface QuotaListener {

    QuotaListener NONE = (lane, ledger, granted) -> {};

    /**
     * @param ledger as it is now; null when the lane is not owned here any more
     * @param granted calls granted just now
     */
    void lane(Lane lane, @Nullable LaneLedger ledger, long granted);
}
