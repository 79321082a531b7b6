package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was submitted, and when: constant for the run's life.
 *
 * @param contentHash tells the same submission from another one
 * @param agent of tasks that name none
 * @param pool of tasks that name none
 * @param options with every default filled in
 * @param trace W3C trace context of its submission; null when the run is not traced
 */
public record RunSpec(
        RunId id,
        String contentHash,
        @Nullable String agent,
        @Nullable String pool,
        RunOptions options,
        Instant admittedAt,
        @Nullable String trace) {

    RunSpec(
            RunId id,
            String contentHash,
            @Nullable String agent,
            @Nullable String pool,
            RunOptions options,
            Instant admittedAt) {
        this(id, contentHash, agent, pool, options, admittedAt, null);
    }

    RunSpec traced(String by) {
        return new RunSpec(id, contentHash, agent, pool, options, admittedAt, by);
    }

    /** From when on tasks may be dispatched. */
    public Instant startAt() {
        return options.startAfter() == null ? admittedAt : options.startAfter().from(admittedAt);
    }

    public Instant deadlineAt() {
        return startAt().plus(Objects.requireNonNull(options.deadline()));
    }
}
