package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;

/** Names one execution of a task. */
public record AttemptId(TaskId taskId, int attempt) {

    public static AttemptId of(TaskAssignment assignment) {
        return new AttemptId(assignment.taskId(), assignment.attempt());
    }

    /** As heartbeats list it: {@code taskId#attempt}. */
    @Override
    public String toString() {
        return taskId.toString() + '#' + attempt;
    }
}
