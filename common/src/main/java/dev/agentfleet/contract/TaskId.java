package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

/** Names one task: its run and its index in submission order, written {@code runId/index}. Indexes start at 0. */
@JsonSerialize(using = ToStringSerializer.class)
public record TaskId(RunId runId, int index) {

    public TaskId {
        Rules.require(index >= 0, "taskId", index, "index must not be negative");
    }

    /** Reads the written form {@code runId/index}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TaskId parse(String text) {
        int slash = text.lastIndexOf('/');
        Rules.require(slash > 0 && isIndex(text.substring(slash + 1)), "taskId", text, "must be runId/index");
        return new TaskId(new RunId(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    private static boolean isIndex(String digits) {
        return !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @JsonValue
    @Override
    public String toString() {
        return runId.value() + '/' + index;
    }
}
