package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;

/** What can happen to an attempt once its code has been started. */
public sealed interface AttemptEvent {

    /** It has been running for {@code claim-after}, or its record is to be passed before. */
    record ClaimDue() implements AttemptEvent {}

    /** Its code is to stop. */
    record StopRequested(StopCause cause) implements AttemptEvent {}

    /** The time its code had to stop is over. */
    record GracePassed() implements AttemptEvent {}

    /** Its code ended with an output. */
    record CodeReturned(Payload output) implements AttemptEvent {}

    /** Its code ended without an output. */
    record CodeFailed(Failure failure) implements AttemptEvent {}

    /** Its code cannot be done here now, through no fault of the task. */
    record CodeUnavailable(Failure failure) implements AttemptEvent {}
}
