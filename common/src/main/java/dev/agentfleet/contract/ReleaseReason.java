package dev.agentfleet.contract;

/** Why a worker gave an attempt back. */
public enum ReleaseReason {
    /** The worker is stopping: the task is dispatched again at once. */
    DRAIN,
    /** The attempt came after its {@code startBy} and was not started: its queue timeout has passed. */
    START_BY_PASSED,
    /** Claimed attempts hold every slot of the worker: never started, dispatched again at once. */
    NO_SLOT,
    /** It was told to stop, because its run was or another worker owns the attempt: only what it took is told. */
    STOPPED,
    /**
     * Its agent cannot do it on this worker now, through no fault of the task: dispatched again after the wait its failure
     * asks for.
     */
    UNAVAILABLE
}
