package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that the code of an attempt ran, as it wrote down itself.
 *
 * @param pid of the worker's process, or another number that the harness knows it by
 * @param startedAt by this machine's clock, in whole seconds
 * @param endedAt likewise; null when it did not come to its end
 */
public record Execution(
        TaskId taskId,
        int attempt,
        String workerId,
        long pid,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** The same with another number of the worker's process. */
    public Execution in(long process) {
        return new Execution(taskId, attempt, workerId, process, startedAt, endedAt);
    }
}
