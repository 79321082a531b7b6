package dev.agentfleet.cli.view;

import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.client.WorkerView;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a task is where it is, as far as its state and the live workers tell. */
public final class TaskReason {
    private final List<WorkerHeartbeat> workers;
    private final @Nullable Instant heldUntil;

    /** @param heldUntil until when the run's tasks wait for its start; null once they do not */
    public TaskReason(List<WorkerView> workers, @Nullable Instant heldUntil) {
        this.heldUntil = heldUntil;
        this.workers = workers.stream().map(WorkerView::heartbeat).toList();
    }

    public String of(TaskView task) {
        return switch (task.state()) {
            case WAITING -> "not dispatched yet: " + whyItWaits(task);
            case DISPATCHED -> "dispatched, not started: " + orElse(obstacle(task), "a worker should take it soon");
            case RUNNING -> "running on " + orElse(task.workerId(), "a worker") + since(task);
            case BACKING_OFF ->
                "next attempt " + (task.retryAt() == null ? "later" : "at " + task.retryAt()) + after(task);
            case SUCCEEDED -> "done";
            case FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {
                Failure last = task.lastFailure();
                yield last == null ? "ended" : RunText.failure(last);
            }
        };
    }

    private String whyItWaits(TaskView task) {
        return heldUntil != null
                ? "the run starts at " + heldUntil
                : orElse(obstacle(task), "the run's concurrency or the pool is full");
    }

    private @Nullable String obstacle(TaskView task) {
        var pool = workers.stream()
                .filter(worker -> worker.pool().equals(task.pool()) && !worker.draining())
                .toList();
        if (pool.isEmpty()) {
            return "no worker serves pool '" + task.pool() + "'";
        }
        var able = pool.stream().filter(worker -> has(worker, task.agent())).toList();
        if (able.isEmpty()) {
            return "no worker of pool '" + task.pool() + "' has the agent '" + task.agent() + "'";
        }
        return able.stream().allMatch(worker -> worker.busy() >= worker.slots()) ? "all slots are busy" : null;
    }

    private static boolean has(WorkerHeartbeat worker, String agent) {
        return worker.agents().stream().anyMatch(known -> known.name().equals(agent));
    }

    private static String since(TaskView task) {
        return task.since() == null ? "" : " since " + task.since();
    }

    private static String after(TaskView task) {
        return task.lastFailure() == null ? "" : ", after " + RunText.failure(task.lastFailure());
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
