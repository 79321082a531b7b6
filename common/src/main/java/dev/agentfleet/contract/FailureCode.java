package dev.agentfleet.contract;

/** The codes of failures that the fleet itself names; agents add their own. */
public final class FailureCode {

    /** The attempt ran longer than its timeout. */
    public static final String TIMEOUT = "TIMEOUT";
    /** No worker started the task within its queue timeout. */
    public static final String QUEUE_TIMEOUT = "QUEUE_TIMEOUT";
    /** The run's deadline passed. */
    public static final String DEADLINE = "DEADLINE";
    /** The worker that ran the attempt is gone. */
    public static final String WORKER_LOST = "WORKER_LOST";
    /** The run was cancelled. */
    public static final String CANCELLED = "CANCELLED";
    /** Another task of a fail-fast run failed. */
    public static final String FAIL_FAST = "FAIL_FAST";
    /** An open run got neither tasks nor a seal in time. */
    public static final String NOT_SEALED = "NOT_SEALED";
    /** The seal does not fit what was received. */
    public static final String SEAL_MISMATCH = "SEAL_MISMATCH";
    /** No agent of that name on the worker. */
    public static final String UNKNOWN_AGENT = "UNKNOWN_AGENT";
    /** The agent cannot read its input. */
    public static final String INVALID_INPUT = "INVALID_INPUT";
    /** The output breaks the size limit. */
    public static final String OUTPUT_TOO_LARGE = "OUTPUT_TOO_LARGE";
    /** The output cannot be written as JSON. */
    public static final String INVALID_OUTPUT = "INVALID_OUTPUT";
    /** The worker could not read the assignment. */
    public static final String UNREADABLE_ASSIGNMENT = "UNREADABLE_ASSIGNMENT";
    /** The agent threw something that says nothing about a retry. */
    public static final String AGENT_ERROR = "AGENT_ERROR";

    private FailureCode() {}
}
