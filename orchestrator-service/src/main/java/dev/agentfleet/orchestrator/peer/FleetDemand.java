package dev.agentfleet.orchestrator.peer;

import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.scaling.LocalDemand;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import java.util.Map;
import java.util.Set;

/** What the whole fleet has to do: here and at the other orchestrators, added up. Thread-safe. */
public final class FleetDemand {

    private final LocalDemand here;
    private final Ownership ownership;
    private final Peers peers;

    public FleetDemand(LocalDemand here, Ownership ownership, Peers peers) {
        this.here = here;
        this.ownership = ownership;
        this.peers = peers;
    }

    /** @throws StateUnavailableException while a partition has no owner who answers: a part would look like too little work */
    public PoolDemand of(String pool) {
        PoolDemand all = PoolDemand.NONE;
        for (Map.Entry<Owner, Set<Integer>> held : ownership.table().byOwner().entrySet()) {
            all = all.plus(
                    switch (held.getKey()) {
                        case Owner.Here h -> here.of(pool, held.getValue());
                        case Owner.Peer(var url) -> peers.demand(url, pool, held.getValue());
                        case Owner.Nobody nobody ->
                            throw new StateUnavailableException(
                                    "nobody holds the runs of the home partitions " + held.getValue() + " now");
                    });
        }
        return all;
    }
}
