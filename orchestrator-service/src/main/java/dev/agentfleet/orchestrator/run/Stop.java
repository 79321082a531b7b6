package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskStatus;

/**
 * The durable mark that a run ends early. It counts at once; tasks get their outcomes slice by slice behind it.
 *
 * @param cause what ended the run
 * @param reason for people, at most 500 characters
 * @param complete whether the run had all its tasks by then
 * @param sweptTo every task below this index has its outcome
 */
public record Stop(Cause cause, String reason, boolean complete, int sweptTo) {

    /** What can end a run early, and what that means for it and its tasks. */
    public enum Cause {
        CANCEL(RunStatus.CANCELLED, TaskStatus.CANCELLED, FailureCode.CANCELLED, "the run was cancelled"),
        FAIL_FAST(RunStatus.FAILED, TaskStatus.CANCELLED, FailureCode.FAIL_FAST, "another task of the run failed"),
        DEADLINE(RunStatus.TIMED_OUT, TaskStatus.TIMED_OUT, FailureCode.DEADLINE, "the run's deadline passed"),
        NOT_SEALED(
                RunStatus.FAILED,
                TaskStatus.CANCELLED,
                FailureCode.NOT_SEALED,
                "the open run got neither tasks nor a seal for 10 minutes"),
        SEAL_MISMATCH(
                RunStatus.FAILED,
                TaskStatus.CANCELLED,
                FailureCode.SEAL_MISMATCH,
                "the seal does not fit the tasks received");

        private final RunStatus runStatus;
        private final TaskStatus taskStatus;
        private final Failure taskFailure;

        Cause(RunStatus runStatus, TaskStatus taskStatus, String code, String reason) {
            this.runStatus = runStatus;
            this.taskStatus = taskStatus;
            this.taskFailure = Failure.permanent(code, reason);
        }

        RunStatus runStatus() {
            return runStatus;
        }

        TaskStatus taskStatus() {
            return taskStatus;
        }

        Failure taskFailure() {
            return taskFailure;
        }
    }

    /** Why the run failed as a whole. */
    public Failure failure() {
        return Failure.permanent(cause.taskFailure().code(), reason);
    }

    Stop swept(int to) {
        return new Stop(cause, reason, complete, to);
    }
}
