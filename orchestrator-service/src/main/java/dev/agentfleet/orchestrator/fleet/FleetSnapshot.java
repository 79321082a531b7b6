package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The fleet at one moment, as one home partition meets it. Advice: heartbeats are seconds old.
 *
 * @param workers the living
 * @param full pools for which the home partition has tasks that its window does not let go
 * @param now about the broker's time
 */
public record FleetSnapshot(List<WorkerHeartbeat> workers, Set<String> full, Instant now) {

    public FleetSnapshot {
        workers = List.copyOf(workers);
        full = Set.copyOf(full);
    }

    public static FleetSnapshot of(WorkerDirectory workers, PoolWindows windows, int partition) {
        return new FleetSnapshot(
                workers.alive().stream().map(WorkerDirectory.Entry::heartbeat).toList(),
                windows.full(partition),
                workers.now());
    }
}
