package dev.agentfleet.worker.agents.echo;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.Payload;
import jakarta.enterprise.context.ApplicationScoped;

/** Returns its input, any JSON value, unchanged to the last digit. */
@ApplicationScoped
public class EchoAgent implements Agent<Payload, Payload> {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Payload run(Payload input, AgentContext context) {
        return input;
    }
}
