package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.util.List;

/**
 * What the living workers of a pool have for one agent.
 *
 * @param draining workers of the pool that take no more work
 * @param serving workers of the pool that do
 * @param able those of them that have the agent
 * @param slots of the able ones
 * @param busy of these slots
 */
public record PoolStanding(int draining, int serving, int able, int slots, int busy) {

    public static PoolStanding of(List<WorkerHeartbeat> workers, String pool, String agent) {
        int draining = 0;
        int serving = 0;
        int able = 0;
        int slots = 0;
        int busy = 0;
        for (WorkerHeartbeat worker : workers) {
            if (!worker.pool().equals(pool)) {
                continue;
            }
            draining += worker.draining() ? 1 : 0;
            serving += worker.draining() ? 0 : 1;
            if (!worker.draining() && has(worker, agent)) {
                able++;
                slots += worker.slots();
                busy += Math.min(worker.busy(), worker.slots());
            }
        }
        return new PoolStanding(draining, serving, able, slots, busy);
    }

    private static boolean has(WorkerHeartbeat worker, String agent) {
        return worker.agents().stream().anyMatch(known -> known.name().equals(agent));
    }

    public boolean allBusy() {
        return busy >= slots;
    }
}
