package dev.agentfleet.cli.view;

import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.client.WaitsFor;
import dev.agentfleet.contract.Failure;

/** Why a task is where it is, as the orchestrator tells. */
public final class TaskReason {
    private TaskReason() {}

    public static String of(TaskView task) {
        return switch (task.state()) {
            case WAITING -> "not dispatched yet" + why(task);
            case DISPATCHED -> "dispatched, not started" + why(task);
            case RUNNING ->
                "running on " + (task.workerId() == null ? "a worker" : task.workerId()) + since(task) + why(task);
            case BACKING_OFF -> "to be tried again" + why(task);
            case SUCCEEDED -> "done";
            case FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {
                Failure last = task.lastFailure();
                yield (last == null ? "ended" : RunText.failure(last)) + redrive(task);
            }
        };
    }

    private static String why(TaskView task) {
        WaitsFor waitsFor = task.waitsFor();
        return waitsFor == null ? "" : ": " + OneLine.of(waitsFor.text());
    }

    private static String redrive(TaskView task) {
        WaitsFor waitsFor = task.waitsFor();
        return waitsFor == null ? "" : "; " + OneLine.of(waitsFor.text());
    }

    private static String since(TaskView task) {
        return task.since() == null ? "" : " since " + task.since();
    }
}
