package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskFailure;
import dev.agentfleet.contract.Work;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as clients see it.
 *
 * @param tasks tasks that have arrived so far
 * @param sealed whether no more can come
 * @param waiting tasks never dispatched
 * @param inFlight tasks dispatched, without an outcome yet
 * @param backingOff tasks that wait for another attempt
 * @param attempts attempts dispatched
 * @param cost what the attempts are known to have used up, where their agents said so
 * @param work what the attempts took that have ended, and how much of it counts; null before the first has, and where an
 *     earlier version saw some end
 * @param budget what it may use of models; null: no limit
 * @param heldUntil before which no task is dispatched, while that is to come
 * @param redrive how far the redrive is that opened this revision; null in the first
 * @param failure why the run as a whole ended early
 * @param failures the first 100 tasks that did not succeed, once the run has completed
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

    /** A run that is submitted and not yet admitted. */
    public static RunView accepted(RunId id) {
        return new RunView(
                id,
                RunStatus.ACCEPTED,
                Run.FIRST_REVISION,
                0,
                false,
                Counts.ZERO,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static RunView of(Run run, @Nullable List<TaskFailure> failures) {
        return new RunView(
                run.id(),
                run.status(),
                run.revision(),
                run.intake().tasks(),
                run.intake().sealed(),
                run.progress().counts(),
                run.completedAt() == null ? run.waiting() : 0,
                run.progress().inFlightTotal(),
                run.progress().backingOff(),
                run.progress().attempts(),
                run.progress().cost(),
                run.progress().workDone(),
                run.spec().options().budget(),
                run.heldUntil(),
                RedriveView.of(run),
                run.stop() == null ? null : run.stop().failure(),
                failures,
                run.spec().admittedAt(),
                run.completedAt());
    }
}
