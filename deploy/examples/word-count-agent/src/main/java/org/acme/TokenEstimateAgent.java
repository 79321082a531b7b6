package org.acme;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Estimates how many tokens a text takes; as a {@code Uni}, as asynchronous clients give it. */
@ApplicationScoped
public class TokenEstimateAgent implements Agent<TokenEstimateAgent.Text, Uni<TokenEstimateAgent.Estimate>> {

    public record Text(String text) {}

    public record Estimate(int tokens) {}

    private static final int CHARS_PER_TOKEN = 4;

    @Override
    public String name() {
        return "token-estimate";
    }

    @Override
    public Uni<Estimate> run(Text input, AgentContext context) {
        return Uni.createFrom().item(input.text().length()).map(chars -> new Estimate(chars / CHARS_PER_TOKEN + 1));
    }
}
