package dev.agentfleet.orchestrator.partition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the workers. */
public interface WorkerWatch {

    /** Broker time of the worker's last heartbeat; null when it was never heard of or has left. */
    @Nullable
    Instant lastHeard(String workerId);
}
