package dev.agentfleet.contract;

/** What a worker says of one attempt, on {@code fleet.results}, keyed by runId. */
public sealed interface AttemptReport extends Message
        permits AttemptClaimed, AttemptProgress, AttemptSucceeded, AttemptFailed, AttemptReleased {

    TaskId taskId();

    int attempt();

    /** Unique per start of a worker process. */
    String workerId();
}
