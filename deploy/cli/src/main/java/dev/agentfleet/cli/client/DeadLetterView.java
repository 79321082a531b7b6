package dev.agentfleet.cli.client;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the orchestrator shows it: a failed task, or a record that could not be read.
 *
 * @param source where an unreadable record came from; absent for a task
 */
public record DeadLetterView(
        Instant at,
        @Nullable RunId runId,
        @Nullable TaskId taskId,
        @Nullable Integer revision,
        @Nullable String agent,
        @Nullable Integer attempts,
        @Nullable TaskStatus status,
        String code,
        String reason,
        @Nullable Payload input,
        @Nullable Source source) {

    /** A record of a topic. */
    public record Source(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + '/' + partition + '/' + offset;
        }
    }
}
