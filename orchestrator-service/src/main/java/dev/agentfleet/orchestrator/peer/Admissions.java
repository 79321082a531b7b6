package dev.agentfleet.orchestrator.peer;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.AdmittedRun;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.net.URI;
import java.util.Optional;

/** Admitted runs, whichever orchestrator holds them. Thread-safe. */
public final class Admissions {

    private final RunQueries queries;
    private final Ownership ownership;
    private final Peers peers;

    public Admissions(RunQueries queries, Ownership ownership, Peers peers) {
        this.queries = queries;
        this.ownership = ownership;
        this.peers = peers;
    }

    /**
     * The run as its owner has it now; empty when it has none of this name. Waits for the owner's answer, not for an admission.
     *
     * @throws StateUnavailableException while nobody owns it, or its owner does not answer
     */
    public Optional<AdmittedRun> of(RunId id) {
        return switch (ownership.ownerOf(id)) {
            case Owner.Here here -> queries.admitted(id);
            case Owner.Peer(URI url) -> peers.admitted(url, id);
            case Owner.Nobody nobody -> throw new StateUnavailableException("nobody holds run " + id + " now");
        };
    }
}
