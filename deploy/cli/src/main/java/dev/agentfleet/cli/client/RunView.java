package dev.agentfleet.cli.client;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskFailure;
import dev.agentfleet.contract.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the orchestrator shows it.
 *
 * @param waiting tasks not dispatched yet
 * @param inFlight tasks dispatched, without an outcome
 * @param backingOff tasks waiting for their next attempt
 * @param cost what its attempts used up, where their agents said so
 * @param work what its ended attempts took, and how much of it counts, where known
 * @param budget what it may use of models; null: no limit
 * @param heldUntil before which no task is dispatched, while that is to come
 * @param redrive how far the redrive is that opened this revision; null in the first
 * @param failures the first tasks that did not succeed, once the run has completed
 */
public record RunView(
        RunId runId,
        RunStatus status,
        int revision,
        int tasks,
        boolean sealed,
        Counts counts,
        int waiting,
        int inFlight,
        int backingOff,
        long attempts,
        @Nullable Cost cost,
        @Nullable Work work,
        @Nullable RunBudget budget,
        @Nullable Instant heldUntil,
        @Nullable RedriveView redrive,
        @Nullable Failure failure,
        @Nullable List<TaskFailure> failures,
        @Nullable Instant admittedAt,
        @Nullable Instant completedAt) {

    /** Tasks that have an outcome. */
    public int done() {
        return counts.total();
    }

    /** Tasks whose outcome is not SUCCEEDED. */
    public int failed() {
        return counts.total() - counts.succeeded();
    }
}
