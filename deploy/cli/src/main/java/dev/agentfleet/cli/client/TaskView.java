package dev.agentfleet.cli.client;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as the orchestrator shows it.
 *
 * @param since when it came into its state, where known
 * @param retryAt when its next attempt is due, while it backs off
 * @param duration how long its last attempt ran, once it has its outcome and where known
 * @param cost what its attempts used up, where their agent said so
 * @param waitsFor why it waits; null while it runs, and once it has its outcome unless a redrive is to take it up
 */
public record TaskView(
        TaskId taskId,
        int index,
        String agent,
        String pool,
        TaskState state,
        int attempt,
        int failures,
        @Nullable String workerId,
        @Nullable Instant since,
        @Nullable Instant retryAt,
        @Nullable Failure lastFailure,
        @Nullable Duration duration,
        @Nullable Cost cost,
        @Nullable WaitsFor waitsFor) {}
