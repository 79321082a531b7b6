package dev.agentfleet.worker.agents.command;

import java.util.Map;

/**
 * Which attempt a program is, told to it in its environment. {@code FLEET_TASK_ID} is the same for every attempt of the task:
 * good as an idempotency key.
 */
record CommandIds(String taskId, int attempt, String workerId) {

    Map<String, String> variables() {
        return Map.of("FLEET_TASK_ID", taskId, "FLEET_ATTEMPT", Integer.toString(attempt), "FLEET_WORKER_ID", workerId);
    }
}
