package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one task is within its run's revision. {@code attempt} is the number of the latest dispatch, {@code failures}
 * counts the attempts that failed: a released or re-dispatched attempt raises only the first.
 */
public sealed interface TaskState {

    Waiting WAITING = new Waiting();

    /** Attempts dispatched so far. */
    int attempt();

    /** Attempts that failed so far. */
    int failures();

    /** What its attempts are known to have used up so far; null when none of them said. */
    @Nullable
    Cost spent();

    /** Submitted, never dispatched. Not stored: the run's cursor tells. */
    record Waiting() implements TaskState {
        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public int failures() {
            return 0;
        }

        @Override
        public @Nullable Cost spent() {
            return null;
        }
    }

    /** In the tasks topic of its pool, or running unclaimed on a worker. */
    record Dispatched(
            String pool,
            int attempt,
            int failures,
            Instant at,
            @Nullable Cost spent) implements TaskState {}

    /**
     * Claimed: this worker owns the attempt.
     *
     * @param waited for how long its clock is known to have stood still; null: it never did
     */
    record Running(
            String pool,
            int attempt,
            int failures,
            String workerId,
            Instant since,
            @Nullable Cost spent,
            @Nullable Duration waited)
            implements TaskState {

        public Running(String pool, int attempt, int failures, String workerId, Instant since, @Nullable Cost spent) {
            this(pool, attempt, failures, workerId, since, spent, null);
        }

        /** When its worker must have ended it, if it began then. */
        public Instant overdueAt(Instant began, Duration timeout) {
            Instant at = began.plus(timeout);
            return waited == null ? at : at.plus(waited);
        }

        Running afterWaiting(Duration known) {
            return new Running(pool, attempt, failures, workerId, since, spent, known);
        }
    }

    /** Waits, without a slot, until it may be dispatched again. {@code last} is absent after a release that says no more. */
    record BackingOff(
            int attempt,
            int failures,
            Instant retryAt,
            @Nullable Failure last,
            @Nullable Cost spent) implements TaskState {}

    /** Has its outcome. Final. */
    record Settled(TaskOutcome outcome, int failures) implements TaskState {
        @Override
        public int attempt() {
            return outcome.attempts();
        }

        @Override
        public @Nullable Cost spent() {
            return outcome.cost();
        }
    }

    /** The pool in which it is dispatched or running, or null. */
    default @Nullable String occupies() {
        return switch (this) {
            case Dispatched dispatched -> dispatched.pool();
            case Running running -> running.pool();
            case Waiting w -> null;
            case BackingOff b -> null;
            case Settled s -> null;
        };
    }

    /** The pool in which it is dispatched and not claimed, or null: it takes a place in that pool's window. */
    default @Nullable String queues() {
        return this instanceof Dispatched ? occupies() : null;
    }

    /** The pool in which it is claimed, or null. */
    default @Nullable String runs() {
        return this instanceof Running ? occupies() : null;
    }
}
