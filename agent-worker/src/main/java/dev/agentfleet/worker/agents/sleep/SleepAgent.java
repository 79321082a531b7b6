package dev.agentfleet.worker.agents.sleep;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Blocks its thread for the time given and takes nothing else: thousands of them fit into one worker. */
@ApplicationScoped
public class SleepAgent implements Agent<SleepInput, SleepOutput> {

    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public SleepOutput run(SleepInput input, AgentContext context) throws InterruptedException {
        Thread.sleep(input.duration());
        return new SleepOutput(input.duration());
    }
}
