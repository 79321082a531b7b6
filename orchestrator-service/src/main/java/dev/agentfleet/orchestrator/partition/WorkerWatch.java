package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the workers. */
public interface WorkerWatch {

    /** Broker time of the worker's last heartbeat, or at which it left; null when it was never heard of. */
    @Nullable
    Instant lastHeard(String workerId);

    /**
     * Whether the worker's heartbeats up to {@code now} no longer list an attempt that it claimed then: it neither runs
     * the attempt nor has a result on its way.
     */
    boolean hasDropped(String workerId, TaskId task, int attempt, Instant claimedAt, Instant now);
}
