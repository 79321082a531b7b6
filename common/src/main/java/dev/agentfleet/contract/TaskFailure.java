package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One task of a run that did not succeed, in short. */
public record TaskFailure(
        @JsonPropertyDescription("The task.") TaskId taskId,
        @JsonPropertyDescription("How it ended.") TaskStatus status,

        @JsonPropertyDescription("What went wrong.") @Nullable
        Failure failure) {}
