package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregate of a run: every task has its outcome. Exactly one per revision. */
@JsonClassDescription("The aggregate of a run; exactly one per revision, after the outcome of every task.")
public record RunCompleted(
        @JsonPropertyDescription("The run.") RunId runId,

        @JsonPropertyDescription("The revision that has completed; the first is 1.")
        int revision,

        @JsonPropertyDescription("SUCCEEDED, FAILED, CANCELLED or TIMED_OUT.")
        RunStatus status,

        @JsonPropertyDescription("How many tasks it has.") int tasks,
        @JsonPropertyDescription("How they ended.") Counts counts,

        @JsonPropertyDescription("Attempts dispatched in all.")
        long attempts,

        @JsonPropertyDescription("What the attempts of its tasks used up together, where their agents said so.")
        @Nullable
        Cost cost,

        @JsonPropertyDescription("What its attempts took, and how much of it counts, where that is known.") @Nullable
        Work work,

        @JsonPropertyDescription(
                "The first 100 tasks that did not succeed, all where there are fewer: in order of their ending; those that a redrive left as they were, as it came by them in task order.")
        List<TaskFailure> failures,

        @JsonPropertyDescription("Why the run as a whole ended early, where it did.") @Nullable
        Failure failure,

        @JsonPropertyDescription("Broker time of its admission.")
        Instant admittedAt,

        @JsonPropertyDescription("Broker time of its last outcome.")
        Instant completedAt)
        implements RunEvent {

    public static final int MAX_FAILURES = 100;

    public RunCompleted {
        failures = List.copyOf(failures);
    }
}
