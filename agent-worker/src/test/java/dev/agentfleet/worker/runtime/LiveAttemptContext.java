package dev.agentfleet.worker.runtime;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.attempt.AttemptId;
import java.time.Duration;

/** A context for tests that call an agent directly. */
public final class LiveAttemptContext {

    private final AttemptContext context;

    public LiveAttemptContext() {
        var assignment = Bench.assignment(Duration.ofMinutes(1));
        var bench = new Bench();
        this.context =
                new AttemptContext(AttemptId.of(assignment), new LiveAttempt(assignment, bench.record, bench.services));
    }

    public AgentContext context() {
        return context;
    }

    public void cancel() {
        context.cancel();
    }
}
