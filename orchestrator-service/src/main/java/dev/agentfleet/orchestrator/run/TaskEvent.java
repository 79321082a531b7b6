package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AttemptReport;

/** What can happen to one task. */
public sealed interface TaskEvent {

    /** The window has room: send the next attempt to the pool. */
    record Dispatch(String pool) implements TaskEvent {}

    /** A worker said something of an attempt. */
    record Reported(AttemptReport report) implements TaskEvent {}

    /** Nothing was heard of this dispatched attempt within its queue timeout, or within the dispatch backstop. */
    record QueueExpired(int attempt) implements TaskEvent {}

    /** A claimed attempt is older than its timeout and grace: its worker should have ended it. */
    record BackstopReached(int attempt) implements TaskEvent {}

    /** The owner of a claimed attempt is gone, or has the attempt no more. */
    record WorkerLost(int attempt, String workerId, How how) implements TaskEvent {

        /** How it is known. */
        public enum How {
            /** The worker has not been heard of for a lease. */
            SILENT,
            /** The worker's heartbeats list the attempt no more. */
            NOT_LISTED
        }
    }

    /** The next revision of the run does it again. */
    record Redrive() implements TaskEvent {}

    /** The run ends early. */
    record Stopped(Stop.Cause cause) implements TaskEvent {}
}
