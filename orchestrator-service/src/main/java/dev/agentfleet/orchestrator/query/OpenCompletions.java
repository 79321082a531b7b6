package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs whose completion this process has decided and not yet read back committed. The stores show a decision before its
 * transaction ends, and an aborted one is decided anew: until then such a run is reported as running. Thread-safe.
 */
public final class OpenCompletions {

    private final Set<RunId> open = ConcurrentHashMap.newKeySet();

    /** Before the decision can be seen in a store. */
    public void decided(RunId id) {
        open.add(id);
    }

    /** A reader of committed records has seen it. */
    public void committed(RunId id) {
        open.remove(id);
    }

    Set<RunId> all() {
        return Set.copyOf(open);
    }

    boolean contains(RunId id) {
        return open.contains(id);
    }
}
