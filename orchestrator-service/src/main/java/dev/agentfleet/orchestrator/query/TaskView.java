package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as clients see it.
 *
 * @param attempt number of the latest dispatch, 0 before the first
 * @param failures attempts that failed
 * @param workerId owner of a claimed attempt, or worker of the last one
 * @param since broker time of the state
 * @param retryAt when a task that backs off may be dispatched again
 * @param lastFailure of the last attempt
 * @param duration how long the last attempt ran, once the task has its outcome and where known
 * @param cost what its attempts are known to have used up, where their agent said so
 * @param waitsFor why it waits; absent while it runs, and once it has its outcome unless a redrive is to take it up
 */
public record TaskView(
        TaskId taskId,
        int index,
        String agent,
        String pool,
        TaskPhase state,
        int attempt,
        int failures,
        @Nullable String workerId,
        @Nullable Instant since,
        @Nullable Instant retryAt,
        @Nullable Failure lastFailure,
        @Nullable Duration duration,
        @Nullable Cost cost,
        @Nullable WaitsFor waitsFor) {

    TaskView with(@Nullable WaitsFor why) {
        return new TaskView(
                taskId,
                index,
                agent,
                pool,
                state,
                attempt,
                failures,
                workerId,
                since,
                retryAt,
                lastFailure,
                duration,
                cost,
                why);
    }

    static TaskView of(TaskId id, String agent, String pool, TaskState state) {
        return switch (state) {
            case TaskState.Waiting w -> view(id, agent, pool, state, null, null, null, null);
            case TaskState.Dispatched d -> view(id, agent, pool, state, null, d.at(), null, null);
            case TaskState.Running r -> view(id, agent, pool, state, r.workerId(), r.since(), null, null);
            case TaskState.BackingOff b -> view(id, agent, pool, state, null, null, b.retryAt(), b.last());
            case TaskState.Settled s -> {
                var outcome = s.outcome();
                yield view(id, agent, pool, state, outcome.workerId(), outcome.at(), null, outcome.failure());
            }
        };
    }

    private static TaskView view(
            TaskId id,
            String agent,
            String pool,
            TaskState state,
            @Nullable String workerId,
            @Nullable Instant since,
            @Nullable Instant retryAt,
            @Nullable Failure lastFailure) {
        return new TaskView(
                id,
                id.index(),
                agent,
                pool,
                TaskPhase.of(state),
                state.attempt(),
                state.failures(),
                workerId,
                since,
                retryAt,
                lastFailure,
                state instanceof TaskState.Settled settled ? settled.outcome().duration() : null,
                state.spent(),
                null);
    }
}
