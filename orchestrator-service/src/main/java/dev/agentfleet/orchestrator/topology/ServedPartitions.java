package dev.agentfleet.orchestrator.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The home partitions whose state is whole in this process. Streams lets the stores of a task be read that it is restoring:
 * after an outage that outlasts its producer's patience they are emptied first, and a run would seem never to have been.
 * Thread-safe.
 */
public final class ServedPartitions {

    private final Set<Integer> served = ConcurrentHashMap.newKeySet();

    void begin(int partition) {
        served.add(partition);
    }

    void end(int partition) {
        served.remove(partition);
    }

    boolean contains(int partition) {
        return served.contains(partition);
    }
}
