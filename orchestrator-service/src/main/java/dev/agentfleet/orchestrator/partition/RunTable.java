package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs at hand: read once, written once per step however many transitions the step makes. */
final class RunTable {

    private static final int MOST_CACHED = 10_000;

    private final RunStore store;
    private final Map<RunId, Run> changed = new LinkedHashMap<>();
    private final Map<RunId, Run> cached = new HashMap<>();

    RunTable(RunStore store) {
        this.store = store;
    }

    @Nullable
    Run get(RunId id) {
        Run run = cached.get(id);
        if (run == null) {
            run = store.run(id);
            if (run != null) {
                cached.put(id, run);
            }
        }
        return run;
    }

    void put(Run run) {
        cached.put(run.id(), run);
        changed.put(run.id(), run);
    }

    /** The run was deleted. */
    void forget(RunId id) {
        cached.remove(id);
        changed.remove(id);
    }

    /** Writes what changed. Must end every step: what is not written then is not committed with its messages. */
    void flush() {
        for (Run run : changed.values()) {
            store.put(run);
            if (run.completedAt() != null) {
                cached.remove(run.id());
            }
        }
        changed.clear();
        if (cached.size() > MOST_CACHED) {
            cached.clear();
        }
    }
}
