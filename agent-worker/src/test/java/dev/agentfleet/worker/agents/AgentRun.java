package dev.agentfleet.worker.agents;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.worker.execution.BoundAgent;

/** Runs agents as a worker does: JSON in, JSON out. */
public final class AgentRun {

    private final BoundAgent agent;
    public final CalledDirectly attempt = new CalledDirectly();

    public AgentRun(Agent<?, ?> agent) {
        var input = Json.mapper()
                .constructType(agent.getClass())
                .findSuperType(Agent.class)
                .containedTypeOrUnknown(0);
        this.agent = new BoundAgent(agent, input);
    }

    /** @param input as JSON, in which ' stands for " */
    public JsonNode output(String input) throws Exception {
        return Json.mapper()
                .readTree(agent.run(new Payload(input.replace('\'', '"')), attempt)
                        .json());
    }

    /** How it failed, as code and message. */
    public String failure(String input) {
        var failure = catchThrowableOfType(AgentFailureException.class, () -> output(input));
        return failure == null ? "it did not fail" : failure.code() + ": " + failure.getMessage();
    }
}
