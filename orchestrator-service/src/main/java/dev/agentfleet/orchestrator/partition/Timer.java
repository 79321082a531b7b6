package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something to look at when the log's time has come. A timer that has become pointless is not removed but found
 * pointless when it fires.
 *
 * @param index of the task, 0 where the run as a whole is meant
 * @param attempt the attempt it was set for
 */
public record Timer(Instant due, RunId runId, int index, Kind kind, int attempt) {

    /** The same, due at the next whole millisecond: the store knows no finer times. */
    Timer inWholeMillis() {
        Instant floor = due.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(due) ? this : new Timer(floor.plusMillis(1), runId, index, kind, attempt);
    }

    public enum Kind {
        /** Offer the task for dispatch; kept until it is dispatched. */
        RETRY,
        /** Look whether the owner of a claim lives and keeps its time. */
        CLAIM,
        /** Look whether a later attempt was heard of. */
        QUEUE,
        /** Forget a cancel whose submission did not come. */
        EARLY_CANCEL
    }
}
