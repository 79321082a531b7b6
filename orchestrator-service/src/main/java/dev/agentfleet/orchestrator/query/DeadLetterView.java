package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as clients see it: a task that failed for good, or a record that could not be read, never with its bytes.
 *
 * @param at broker time at which it was put aside
 * @param runId of an unreadable record only where its headers name it
 * @param code the last failure's, or {@value #UNREADABLE}
 * @param reason for people
 * @param input the task's
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

    /** Stands for a failure's code where a record could not be read. */
    public static final String UNREADABLE = "UNREADABLE";

    /** A record of a topic. */
    public record Source(String topic, int partition, long offset) {}

    public static DeadLetterView ofTask(DeadLetter letter, Instant at) {
        return new DeadLetterView(
                at,
                letter.runId(),
                letter.taskId(),
                letter.revision(),
                letter.agent(),
                letter.attempts(),
                letter.status(),
                letter.failure().code(),
                letter.failure().reason(),
                letter.input(),
                null);
    }

    public static DeadLetterView ofRecord(Source source, @Nullable RunId runId, String reason, Instant at) {
        return new DeadLetterView(
                at, runId, null, null, null, null, null, UNREADABLE, Failure.shortened(reason), null, source);
    }

    /** Characters of what may be large in it. */
    int size() {
        return input == null ? 0 : input.json().length();
    }
}
