package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How the tasks of a run ended. The sum is the run's tasks once it has completed. */
public record Counts(
        @JsonPropertyDescription("Tasks that SUCCEEDED.") int succeeded,
        @JsonPropertyDescription("Tasks that FAILED.") int failed,
        @JsonPropertyDescription("Tasks that TIMED_OUT.") int timedOut,

        @JsonPropertyDescription("Tasks that were CANCELLED.")
        int cancelled,

        @JsonPropertyDescription("Tasks that were SKIPPED.") int skipped) {

    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

    public int total() {
        return succeeded + failed + timedOut + cancelled + skipped;
    }

    public Counts minus(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> new Counts(succeeded - 1, failed, timedOut, cancelled, skipped);
            case FAILED -> new Counts(succeeded, failed - 1, timedOut, cancelled, skipped);
            case TIMED_OUT -> new Counts(succeeded, failed, timedOut - 1, cancelled, skipped);
            case CANCELLED -> new Counts(succeeded, failed, timedOut, cancelled - 1, skipped);
            case SKIPPED -> new Counts(succeeded, failed, timedOut, cancelled, skipped - 1);
        };
    }

    public Counts plus(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> new Counts(succeeded + 1, failed, timedOut, cancelled, skipped);
            case FAILED -> new Counts(succeeded, failed + 1, timedOut, cancelled, skipped);
            case TIMED_OUT -> new Counts(succeeded, failed, timedOut + 1, cancelled, skipped);
            case CANCELLED -> new Counts(succeeded, failed, timedOut, cancelled + 1, skipped);
            case SKIPPED -> new Counts(succeeded, failed, timedOut, cancelled, skipped + 1);
        };
    }
}
