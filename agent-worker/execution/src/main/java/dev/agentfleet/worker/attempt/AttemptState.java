package dev.agentfleet.worker.attempt;

/** Where an attempt stands on this worker. */
public sealed interface AttemptState {

    /** Its code runs; {@code claimed} once the fleet was told so. */
    record Running(boolean claimed) implements AttemptState {}

    /** Its code was told to stop and has not ended yet. */
    record Stopping(StopCause cause) implements AttemptState {}

    /** Its code ignored the stop beyond the grace: concluded, but still on its slot until the code really ends. */
    record Overdue(StopCause cause) implements AttemptState {}

    /** Its code has ended. */
    record Ended() implements AttemptState {}
}
