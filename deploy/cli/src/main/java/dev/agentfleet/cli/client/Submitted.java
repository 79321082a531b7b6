package dev.agentfleet.cli.client;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;

/** The orchestrator has the run; ACCEPTED when it is durable and not yet admitted. */
public record Submitted(RunId runId, RunStatus status) {}
