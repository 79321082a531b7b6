package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Tick;

/** Writes a tick to a partition of the results topic. Does not block; a tick may get lost. */
@FunctionalInterface
public interface TickSender {

    void send(int partition, Tick tick);
}
