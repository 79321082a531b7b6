package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.TaskOutcome;
import java.time.Instant;

/** What a task's transition asks of the world. */
public sealed interface TaskEffect {

    /** Publish this attempt to the tasks topic of its pool. */
    record Assign(String pool, int attempt) implements TaskEffect {}

    /** Offer the task for dispatch at this time. */
    record RetryAt(Instant at) implements TaskEffect {}

    /** Watch the claim: its lease and its backstop. */
    record WatchClaim(int attempt, String workerId) implements TaskEffect {}

    /** Tell this worker to stop: it does not own the attempt. */
    record StopWorker(int attempt, String workerId, String reason) implements TaskEffect {}

    /** Keep the outcome of an earlier revision. */
    record KeepOutcome(TaskOutcome outcome) implements TaskEffect {}

    /** Publish the outcome. */
    record Publish(TaskOutcome outcome) implements TaskEffect {}

    /** Put the task aside for people to look at. */
    record Bury(Failure failure) implements TaskEffect {}
}
