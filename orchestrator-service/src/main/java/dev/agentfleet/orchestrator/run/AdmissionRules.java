package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment demands of a submission beyond the contract.
 *
 * @param pools the pools that have a topic
 * @param agentPools pool of an agent, where it is not {@code default}
 * @param maxTasks most tasks of one run
 */
public record AdmissionRules(Set<String> pools, Map<String, String> agentPools, int maxTasks) {

    public static final String DEFAULT_POOL = "default";

    public AdmissionRules {
        pools = Set.copyOf(pools);
        agentPools = Map.copyOf(agentPools);
    }

    /** The pool of a task: its own, else the run's, else the agent's, else the default. */
    public String poolOf(TaskSpec task, @Nullable String runAgent, @Nullable String runPool) {
        if (task.pool() != null) {
            return task.pool();
        }
        if (runPool != null) {
            return runPool;
        }
        String agent = task.agent() != null ? task.agent() : runAgent;
        return agent == null ? DEFAULT_POOL : agentPools.getOrDefault(agent, DEFAULT_POOL);
    }

    /** Why these tasks, of which the run has {@code already}, cannot be taken; empty when they can. */
    public Optional<String> objection(
            List<TaskSpec> tasks, int already, @Nullable String runAgent, @Nullable String runPool) {
        if (runPool != null && !pools.contains(runPool)) {
            return Optional.of(unknownPool("pool", runPool));
        }
        if ((long) already + tasks.size() > maxTasks) {
            return Optional.of(
                    "tasks: '" + ((long) already + tasks.size()) + "' must be at most " + maxTasks + " in one run");
        }
        for (int i = 0; i < tasks.size(); i++) {
            String why = objection(tasks.get(i), "tasks[" + i + "].", runAgent, runPool);
            if (why != null) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private @Nullable String objection(
            TaskSpec task, String where, @Nullable String runAgent, @Nullable String runPool) {
        if (task.agent() == null && runAgent == null) {
            return where + "agent: 'null' must be named here or for the run";
        }
        String pool = poolOf(task, runAgent, runPool);
        return pools.contains(pool) ? null : unknownPool(where + "pool", pool);
    }

    /** Why this task, the run's {@code number}th, cannot be taken; null when it can. */
    public @Nullable String objection(TaskSpec task, int number, @Nullable String runAgent, @Nullable String runPool) {
        return number > maxTasks
                ? "tasks: '" + number + "' must be at most " + maxTasks + " in one run"
                : objection(task, "", runAgent, runPool);
    }

    private String unknownPool(String field, String pool) {
        return field + ": '" + pool + "' must be one of the configured pools "
                + pools.stream().sorted().toList();
    }
}
