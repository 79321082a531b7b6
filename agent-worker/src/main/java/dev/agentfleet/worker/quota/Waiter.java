package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.QuotaAmount;
import java.util.concurrent.CompletableFuture;

/** A call that waits; its future is completed under the lock of its lane. */
record Waiter(QuotaAmount call, CompletableFuture<LanePermit> permit) {

    Waiter(QuotaAmount call) {
        this(call, new CompletableFuture<>());
    }

    /** Each is itself alone. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
