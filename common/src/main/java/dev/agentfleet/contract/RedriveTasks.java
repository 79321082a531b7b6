package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens the next revision of a finished run, in which the chosen tasks are done again. */
@JsonClassDescription(
        "Opens the next revision of a finished run: the chosen tasks are done again, all others keep their outcome.")
public record RedriveTasks(
        @JsonPropertyDescription("The run; may be left out when the record key carries it.") @Nullable
        RunId runId,

        @JsonPropertyDescription(
                "The revision it opens: one more than the run's last. Named, the request sent again changes nothing. Left out, it is the next one whenever the request arrives.")
        @Nullable
        Integer revision,

        @JsonPropertyDescription("Which tasks. Default: those that FAILED or TIMED_OUT.") @Nullable
        RedriveFilter filter,

        @JsonPropertyDescription("Most tasks taken up in a second. Default: no limit but the fleet's.") @Nullable
        Integer rate,

        @JsonPropertyDescription("Most tasks taken up in all, in task order. Default: no limit.") @Nullable
        Integer max,

        @JsonPropertyDescription(
                "How long after the request the first task is taken up; rate and deadline count from then. Default: at once.")
        @Nullable
        Duration startAfter)
        implements Request {

    public RedriveTasks {
        Rules.require(revision == null || revision >= 2, "revision", revision, "must be at least 2");
        Rules.require(rate == null || rate >= 1, "rate", rate, "must be at least 1");
        Rules.require(max == null || max >= 1, "max", max, "must be at least 1");
        Rules.requirePositive(startAfter, "startAfter");
    }

    /** Begins at once. */
    public RedriveTasks(
            @Nullable RunId runId,
            @Nullable Integer revision,
            @Nullable RedriveFilter filter,
            @Nullable Integer rate,
            @Nullable Integer max) {
        this(runId, revision, filter, rate, max, null);
    }

    @Override
    public RedriveTasks forRun(RunId id) {
        return new RedriveTasks(id, revision, filter, rate, max, startAfter);
    }

    public RedriveTasks forRevision(int next) {
        return new RedriveTasks(runId, next, filter, rate, max, startAfter);
    }

    /** Whether a task with this outcome is meant. */
    public boolean takes(TaskOutcome outcome) {
        Failure failure = outcome.failure();
        return (filter == null ? RedriveFilter.FAILED : filter)
                .takes(outcome.status(), failure == null ? null : failure.code(), outcome.agent());
    }
}
