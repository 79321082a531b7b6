package dev.agentfleet.worker.flow;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.llm.Provider;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks the provider and the model that its input names. */
@ApplicationScoped
public class AskingAgent implements Agent<AskingAgent.Question, String> {

    record Question(Provider provider, String model) {}

    static final String PROMPT = "the canary sings";

    private final Models models;

    public AskingAgent(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return "asking";
    }

    @Override
    public String run(Question question, AgentContext context) {
        var request = ModelRequest.of(name(), question.model(), PROMPT, 100).withProvider(question.provider());
        return models.complete(request, context).text();
    }
}
