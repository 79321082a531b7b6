package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;

/** Sees every decision of a home partition, on its thread, before it is committed: what it sees may yet be taken back. */
public interface DecisionObserver {

    DecisionObserver NONE = new DecisionObserver() {
        @Override
        public void task(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {}

        @Override
        public void run(RunEvent event, RunDecision decision) {}
    };

    /** Tells both. */
    default DecisionObserver and(DecisionObserver other) {
        DecisionObserver one = this;
        return new DecisionObserver() {
            @Override
            public void task(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
                one.task(before, event, decision, now);
                other.task(before, event, decision, now);
            }

            @Override
            public void run(RunEvent event, RunDecision decision) {
                one.run(event, decision);
                other.run(event, decision);
            }
        };
    }

    /** @param before {@link TaskState#WAITING} too when there is no such task */
    void task(TaskState before, TaskEvent event, TaskDecision decision, Instant now);

    void run(RunEvent event, RunDecision decision);
}
