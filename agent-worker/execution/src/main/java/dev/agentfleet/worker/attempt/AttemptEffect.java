package dev.agentfleet.worker.attempt;

/** What the worker must do after a decision, in the order given. */
public sealed interface AttemptEffect {

    /** Tell the fleet that the attempt runs here. */
    record Claim() implements AttemptEffect {}

    /** Interrupt the code and run its cancel actions. */
    record StopCode() implements AttemptEffect {}

    /** Report the verdict; once that is durable, acknowledge the assignment. Happens exactly once per attempt. */
    record Conclude(Verdict verdict) implements AttemptEffect {}
}
