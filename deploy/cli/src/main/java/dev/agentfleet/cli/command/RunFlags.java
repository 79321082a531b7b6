package dev.agentfleet.cli.command;

import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.StartAfter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the run is to be run. */
final class RunFlags {
    @Option(names = "--concurrency", paramLabel = "N", description = "Most tasks in flight at once.")
    private @Nullable Integer concurrency;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long one attempt may take, such as 30s or PT30S. Default 10m.")
    private @Nullable Duration timeout;

    @Option(
            names = "--queue-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long a dispatched task may wait for a worker.")
    private @Nullable Duration queueTimeout;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the run may take. Default 1d.")
    private @Nullable Duration deadline;

    @Option(
            names = "--start-after",
            paramLabel = "WHEN",
            converter = StartAfterConverter.class,
            description = "No task is dispatched before: a time from the submission on such as 30m,"
                    + " or an instant such as 2026-01-02T03:04:05Z.")
    private @Nullable StartAfter startAfter;

    @Option(names = "--fail-fast", description = "The first failed task cancels the rest.")
    private boolean failFast;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "Failed attempts after which a task has failed. Default 3.")
    private @Nullable Integer maxAttempts;

    @Option(
            names = "--backoff",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Wait after the first failed attempt; grows with each. Default 1s.")
    private @Nullable Duration backoff;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Most tokens that calls of models may take, all attempts together.")
    private @Nullable Long maxTokens;

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "Most money that calls of models may cost, in US dollars, all attempts together.")
    private @Nullable BigDecimal maxCost;

    /** What was given; null when nothing was. */
    @Nullable
    RunOptions options() {
        FailurePolicy policy = failFast ? FailurePolicy.FAIL_FAST : null;
        var retry =
                maxAttempts == null && backoff == null ? null : new RetryPolicy(maxAttempts, backoff, null, null, null);
        var budget = maxTokens == null && maxCost == null ? null : new RunBudget(maxTokens, maxCost);
        boolean any = Stream.of(concurrency, timeout, queueTimeout, deadline, policy, retry, startAfter, budget)
                .anyMatch(Objects::nonNull);
        return any
                ? new RunOptions(concurrency, timeout, queueTimeout, deadline, policy, retry, startAfter, budget)
                : null;
    }
}
