package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.peer.Owner;
import dev.agentfleet.orchestrator.peer.Ownership;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that this process took and has not yet seen admitted. While their owner does not know them they are shown as
 * accepted, not as unknown; while nobody can tell, nothing is said of them. Thread-safe.
 */
@ApplicationScoped
class TakenRuns {

    private static final int MOST = 10_000;

    private final RunQueries queries;
    private final Ownership ownership;
    private final Set<RunId> unseen = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    TakenRuns(RunQueries queries, Ownership ownership) {
        this.queries = queries;
        this.ownership = ownership;
    }

    /** Its submission is durable, and nobody says yet that it is admitted. */
    void add(RunId id) {
        unseen.add(id);
    }

    /** Somebody has said that it is admitted: from now on it is unknown where it is not found. */
    void seen(RunId id) {
        unseen.remove(id);
    }

    boolean isUnseen(RunId id) {
        return unseen.contains(id);
    }

    /**
     * The run as it is held here, or its name alone while it is taken and not yet admitted.
     *
     * @throws dev.agentfleet.orchestrator.query.StateUnavailableException when its state is not here
     */
    Optional<RunView> view(RunId id) {
        if (isUnseen(id) && ownership.ownerOf(id) instanceof Owner.Peer) {
            // Asked before, its owner did not know it: else the question would not have come here.
            return Optional.of(RunView.accepted(id));
        }
        Optional<RunView> held = queries.run(id);
        held.ifPresent(run -> seen(id));
        return held.or(() -> isUnseen(id) ? Optional.of(RunView.accepted(id)) : Optional.empty());
    }
}
