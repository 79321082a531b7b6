package dev.agentfleet.testkit;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.worker.attempt.Verdict;

/** How an attempt ended, as the fleet would be told. */
public sealed interface AttemptEnding {

    /** @param json the output */
    record Succeeded(String json) implements AttemptEnding {}

    /** Its agent threw, could not read its input, or returned something that cannot be sent. */
    record Failed(Failure failure) implements AttemptEnding {}

    /** It was stopped at its timeout; the fleet counts that as a failure worth another attempt. */
    record TimedOut() implements AttemptEnding {}

    /** It was stopped because its run was cancelled, whatever its code did then. */
    record Cancelled() implements AttemptEnding {}

    /** It was given back, because its worker stopped. */
    record Released(ReleaseReason reason) implements AttemptEnding {}

    /** Its agent could not do it now; the task waits and no failure is counted. */
    record Unavailable(Failure failure) implements AttemptEnding {}

    static AttemptEnding of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Succeeded(var output) -> new Succeeded(output.json());
            case Verdict.Failed(var failure) -> new Failed(failure);
            case Verdict.TimedOut() -> new TimedOut();
            case Verdict.Released(var reason) -> new Released(reason);
            case Verdict.Unavailable(var failure) -> new Unavailable(failure);
            case Verdict.Dropped() -> new Cancelled();
        };
    }
}
