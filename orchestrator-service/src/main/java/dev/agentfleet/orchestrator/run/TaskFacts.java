package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskId;

/** What a task's decisions depend on besides its state: constant while the run's revision lasts. */
public record TaskFacts(TaskId id, int revision, String agent, RunOptions options) {}
