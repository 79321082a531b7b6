package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.util.Optional;

/** That a worker's group misses it no later than its claims do. */
public record SessionLimit(Duration lease) {

    /** What to tell the operator about this worker. */
    public Optional<String> complaint(WorkerHeartbeat heartbeat) {
        Duration session = heartbeat.session();
        return session == null || session.compareTo(lease) <= 0
                ? Optional.empty()
                : Optional.of("workerId=" + heartbeat.workerId() + " pool=" + heartbeat.pool() + " session timeout: '"
                        + session + "' must be at most fleet.orchestrator.lease '" + lease
                        + "'; if it dies, what it had not claimed comes back only after the session");
    }
}
