package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.quota.Permit;

/** A call that ends with its attempt, and goes out while its permit lasts. */
record PermittedCall(AgentContext context, Permit permit) implements CallGuard {

    @Override
    public void onCancel(Runnable action) {
        context.onCancel(action);
    }

    @Override
    public boolean maySend() {
        return permit.sent();
    }
}
