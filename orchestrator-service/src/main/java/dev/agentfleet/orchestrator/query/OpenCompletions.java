package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Runs whose completion this process has decided and not yet read back committed, revision by revision. The stores show a
 * decision before its transaction ends, and an aborted one is decided anew: until then such a run is reported as running.
 * Thread-safe.
 */
public final class OpenCompletions {

    private final Set<Completion> open = ConcurrentHashMap.newKeySet();

    private record Completion(RunId id, int revision) {}

    /** Before the decision can be seen in a store. */
    public void decided(RunId id, int revision) {
        open.add(new Completion(id, revision));
    }

    /** A reader of committed records has seen it. */
    public void committed(RunId id, int revision) {
        open.remove(new Completion(id, revision));
    }

    Set<RunId> runs() {
        return open.stream().map(Completion::id).collect(Collectors.toSet());
    }

    boolean contains(RunId id, int revision) {
        return open.contains(new Completion(id, revision));
    }
}
