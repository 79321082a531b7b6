package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;

/** How an attempt concludes on this worker. */
public sealed interface Verdict {

    record Succeeded(Payload output) implements Verdict {}

    record Failed(Failure failure) implements Verdict {}

    record TimedOut() implements Verdict {}

    /** Given back; no failure is counted. */
    record Released(ReleaseReason reason) implements Verdict {}

    /** Given back because it cannot be done here now; no failure is counted. */
    record Unavailable(Failure failure) implements Verdict {}

    /** Nobody waits for it: only what it took is reported, if it ran. */
    record Dropped() implements Verdict {}
}
