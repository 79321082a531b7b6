package dev.agentfleet.orchestrator.peer;

import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import dev.agentfleet.orchestrator.query.RedriveQueries;
import dev.agentfleet.orchestrator.query.StateUnavailableException;

/** What a redrive of any run of the fleet would do, asked of whoever holds the run. */
public final class RedrivePlans {

    private final RedriveQueries queries;
    private final Ownership ownership;
    private final Peers peers;

    public RedrivePlans(RedriveQueries queries, Ownership ownership, Peers peers) {
        this.queries = queries;
        this.ownership = ownership;
        this.peers = peers;
    }

    /** @throws StateUnavailableException while nobody who holds the run answers */
    public RedriveAnswer plan(RunId id, RedriveTasks request) {
        return switch (ownership.ownerOf(id)) {
            case Owner.Here here -> queries.plan(id, request);
            case Owner.Peer(var url) -> peers.redrive(url, id, request);
            case Owner.Nobody nobody ->
                throw new StateUnavailableException("nobody holds run " + id + " now: its state is moving");
        };
    }
}
