package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import java.util.Objects;

/** What a task asks for: an agent, on a worker of a pool. */
record TaskDemand(int index, String agent, String pool) {

    static TaskDemand of(Run run, int index, TaskPage page, AdmissionRules rules) {
        TaskSpec task = page.task(index);
        String agent = task.agent() != null
                ? task.agent()
                : Objects.requireNonNull(run.spec().agent());
        return new TaskDemand(
                index, agent, rules.poolOf(task, run.spec().agent(), run.spec().pool()));
    }

    TaskDemand inPool(String other) {
        return new TaskDemand(index, agent, other);
    }
}
