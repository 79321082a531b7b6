package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.QuotaAmount;

/** Permits that a worker has and has told nothing of. They count whole until it does, or until they have expired. */
public record OpenGrant(String workerId, long number, long at, QuotaAmount amount) {

    boolean is(String worker, long asked) {
        return number == asked && workerId.equals(worker);
    }
}
