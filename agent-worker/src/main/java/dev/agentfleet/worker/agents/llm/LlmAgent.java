package dev.agentfleet.worker.agents.llm;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.llm.LlmCode;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.prompt.ModelCall;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks a model what the task says. */
@ApplicationScoped
public class LlmAgent implements Agent<LlmInput, LlmOutput> {

    static final String NAME = "llm";

    private final Models models;

    public LlmAgent(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LlmOutput run(LlmInput input, AgentContext context) {
        var answer = models.complete(input.request(), context);
        if (answer.stopReason() == StopReason.REFUSAL) {
            throw AgentFailureException.permanent(LlmCode.MODEL_REFUSED, "The model refused to answer");
        }
        return new LlmOutput(
                answer.json() == null ? answer.text() : null,
                answer.json(),
                answer.stopReason() == StopReason.MAX_TOKENS,
                ModelCall.of(answer));
    }
}
