package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.EnumSet;
import java.util.Set;

/** Where a task is, as clients see it and may ask for it: under way somewhere, or its outcome's status. */
public enum TaskPhase {
    WAITING,
    DISPATCHED,
    RUNNING,
    BACKING_OFF,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED;

    public static final Set<TaskPhase> ALL = Set.copyOf(EnumSet.allOf(TaskPhase.class));

    static TaskPhase of(TaskState state) {
        return switch (state) {
            case TaskState.Waiting w -> WAITING;
            case TaskState.Dispatched d -> DISPATCHED;
            case TaskState.Running r -> RUNNING;
            case TaskState.BackingOff b -> BACKING_OFF;
            case TaskState.Settled s -> of(s.outcome().status());
        };
    }

    private static TaskPhase of(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case CANCELLED -> CANCELLED;
            case SKIPPED -> SKIPPED;
        };
    }
}
