package dev.agentfleet.orchestrator.peer;

import dev.agentfleet.contract.RunId;

/** Says who holds what at this moment, from any thread, without waiting. */
public interface Ownership {

    Owner ownerOf(RunId id);

    OwnerTable table();
}
