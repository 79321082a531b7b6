package dev.agentfleet.orchestrator.scaling;

import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.util.Set;

/** What the home partitions of this process have to do, as they last said: at most a second old. Thread-safe. */
@FunctionalInterface
public interface LocalDemand {

    /** @throws StateUnavailableException when it does not have all of these home partitions */
    PoolDemand of(String pool, Set<Integer> partitions);
}
