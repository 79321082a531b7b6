package dev.agentfleet.cli.client;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Instant;

/** A worker as the orchestrator last heard of it. */
public record WorkerView(Instant lastHeard, WorkerHeartbeat heartbeat) {}
