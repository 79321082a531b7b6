package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a run is to be run. Whatever is left out has the default named here. Durations are ISO-8601 ({@code PT30S}). */
public record RunOptions(
        @JsonPropertyDescription("Most tasks in flight at once, at least 1. Default: no limit but the fleet's.")
        @Nullable
        Integer concurrency,

        @JsonPropertyDescription("How long one attempt may take from its start. Default PT10M.") @Nullable
        Duration timeout,

        @JsonPropertyDescription(
                "How long a dispatched task may wait for a worker before it is TIMED_OUT. Default: no limit but the deadline.")
        @Nullable
        Duration queueTimeout,

        @JsonPropertyDescription(
                "How long the run may take from its admission, or from its start where startAfter holds it; what is left then is TIMED_OUT. Default P1D.")
        @Nullable
        Duration deadline,

        @JsonPropertyDescription(
                "`collect` (default): run everything; `fail-fast`: the first failed task cancels the rest.")
        @Nullable
        FailurePolicy failurePolicy,

        @JsonPropertyDescription("When a failed attempt is followed by another.") @Nullable
        RetryPolicy retry,

        @JsonPropertyDescription(
                "No task is dispatched before: a duration counted from the admission, or an instant. Default: at once.")
        @Nullable
        StartAfter startAfter,

        @JsonPropertyDescription("What all attempts together may use of models. Default: no limit.") @Nullable
        RunBudget budget) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration DEFAULT_DEADLINE = Duration.ofDays(1);
    public static final Duration MAX_DURATION = Rules.MAX_DURATION;

    public static final RunOptions DEFAULTS =
            new RunOptions(null, DEFAULT_TIMEOUT, null, DEFAULT_DEADLINE, FailurePolicy.COLLECT, RetryPolicy.DEFAULTS);

    /** Options of a run that starts at once and has no budget. */
    public RunOptions(
            @Nullable Integer concurrency,
            @Nullable Duration timeout,
            @Nullable Duration queueTimeout,
            @Nullable Duration deadline,
            @Nullable FailurePolicy failurePolicy,
            @Nullable RetryPolicy retry) {
        this(concurrency, timeout, queueTimeout, deadline, failurePolicy, retry, null, null);
    }

    public RunOptions {
        Rules.require(
                concurrency == null || concurrency >= 1, "options.concurrency", concurrency, "must be at least 1");
        Rules.requirePositive(timeout, "options.timeout");
        Rules.requirePositive(queueTimeout, "options.queueTimeout");
        Rules.requirePositive(deadline, "options.deadline");
    }

    public static RunOptions orDefaults(@Nullable RunOptions options) {
        return options == null ? DEFAULTS : options.withDefaults();
    }

    /** Every option that has a default, filled in. */
    public RunOptions withDefaults() {
        return new RunOptions(
                concurrency,
                timeout == null ? DEFAULT_TIMEOUT : timeout,
                queueTimeout,
                deadline == null ? DEFAULT_DEADLINE : deadline,
                failurePolicy == null ? FailurePolicy.COLLECT : failurePolicy,
                retry == null ? RetryPolicy.DEFAULTS : retry.withDefaults(),
                startAfter,
                budget);
    }

    /** The same, held until then. */
    public RunOptions startingAfter(StartAfter start) {
        return new RunOptions(concurrency, timeout, queueTimeout, deadline, failurePolicy, retry, start, budget);
    }

    /** The same, with this budget. */
    public RunOptions within(@Nullable RunBudget limits) {
        return new RunOptions(concurrency, timeout, queueTimeout, deadline, failurePolicy, retry, startAfter, limits);
    }
}
