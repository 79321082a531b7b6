package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import org.jspecify.annotations.Nullable;

/** What the flags say of the run as a whole. */
public record RunTemplate(
        RunId runId,
        @Nullable String agent,
        @Nullable String pool,
        @Nullable RunOptions options) {

    /** The run without its tasks. */
    SubmitRun head() {
        return new SubmitRun(runId, agent, null, pool, null, options, true);
    }

    /** The run with what the flags add; a flag wins. */
    public SubmitRun over(SubmitRun run) {
        return new SubmitRun(
                runId,
                agent == null ? run.agent() : agent,
                run.input(),
                pool == null ? run.pool() : pool,
                run.tasks(),
                merged(run.options()),
                run.open());
    }

    /** The same for a run that is too large for one record: its head, without tasks. */
    RunTemplate headOf(SubmitRun run) {
        var all = over(run);
        return new RunTemplate(runId, all.agent(), all.pool(), all.options());
    }

    private @Nullable RunOptions merged(@Nullable RunOptions given) {
        if (given == null || options == null) {
            return options == null ? given : options;
        }
        return new RunOptions(
                options.concurrency() == null ? given.concurrency() : options.concurrency(),
                options.timeout() == null ? given.timeout() : options.timeout(),
                options.queueTimeout() == null ? given.queueTimeout() : options.queueTimeout(),
                options.deadline() == null ? given.deadline() : options.deadline(),
                options.failurePolicy() == null ? given.failurePolicy() : options.failurePolicy(),
                options.retry() == null ? given.retry() : options.retry(),
                options.startAfter() == null ? given.startAfter() : options.startAfter(),
                merged(given.budget(), options.budget()));
    }

    private static @Nullable RunBudget merged(@Nullable RunBudget given, @Nullable RunBudget flags) {
        if (given == null || flags == null) {
            return flags == null ? given : flags;
        }
        return new RunBudget(
                flags.maxTokens() == null ? given.maxTokens() : flags.maxTokens(),
                flags.maxUsd() == null ? given.maxUsd() : flags.maxUsd());
    }
}
