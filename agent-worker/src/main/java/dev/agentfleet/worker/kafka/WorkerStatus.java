package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.worker.runtime.AgentCatalog;
import dev.agentfleet.worker.runtime.LiveAttempts;
import dev.agentfleet.worker.runtime.Slots;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import jakarta.inject.Singleton;
import java.util.List;

/** What a heartbeat says. */
@Singleton
final class WorkerStatus {

    private final WorkerIdentity identity;
    private final Abilities abilities;
    private final Slots slots;
    private final LiveAttempts live;
    private final AssignedPartitions partitions;
    private final GroupSession session;
    private final HeldAttempts held = new HeldAttempts();

    /** What the worker can do. */
    @Singleton
    record Abilities(AgentCatalog agents, WorkerSandbox sandbox) {}

    WorkerStatus(
            WorkerIdentity identity,
            Abilities abilities,
            Slots slots,
            LiveAttempts live,
            AssignedPartitions partitions,
            GroupSession session) {
        this.identity = identity;
        this.abilities = abilities;
        this.slots = slots;
        this.live = live;
        this.partitions = partitions;
        this.session = session;
    }

    String workerId() {
        return identity.workerId();
    }

    List<Integer> partitions() {
        return partitions.numbers();
    }

    synchronized WorkerHeartbeat now() {
        HeldAttempts.Page page = held.next(live.held());
        int lost = slots.lost();
        return new WorkerHeartbeat(
                identity.workerId(),
                identity.version(),
                identity.pool(),
                abilities.agents().infos(),
                slots.total(),
                slots.busy(),
                partitions.numbers(),
                page.names(),
                page.span(),
                slots.draining(),
                session.length(),
                lost == 0 ? null : lost,
                abilities.sandbox().level());
    }
}
