package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The home partitions whose state is whole in this process. Streams lets a task's stores be read while it restores them: after
 * an outage that outlasts its producer's patience they are emptied first, and a run would seem never to have existed.
 * Thread-safe.
 */
public final class ReadablePartitions {

    /** What stands for the present time of being whole. */
    private final Map<Integer, Object> whole = new ConcurrentHashMap<>();

    void begin(int partition) {
        whole.put(partition, new Object());
    }

    void end(int partition) {
        whole.remove(partition);
    }

    /**
     * What the reading says of the partition, provided that its state was whole from before to after.
     *
     * @throws StateUnavailableException if it was not
     */
    <T> @Nullable T read(int partition, Supplier<@Nullable T> reading) {
        Object before = whole.get(partition);
        if (before == null) {
            throw unavailable();
        }
        T said = reading.get();
        if (whole.get(partition) != before) {
            throw unavailable();
        }
        return said;
    }

    static StateUnavailableException unavailable() {
        return new StateUnavailableException("the orchestrator is starting or its state is moving");
    }
}
