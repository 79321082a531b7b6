package dev.agentfleet.worker.flow;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.llm.Provider;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks the provider that its input names. */
@ApplicationScoped
public class AskingAgent implements Agent<Provider, String> {

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
    public String run(Provider provider, AgentContext context) {
        var request = ModelRequest.of(name(), "m", PROMPT, 100).withProvider(provider);
        return models.complete(request, context).text();
    }
}
