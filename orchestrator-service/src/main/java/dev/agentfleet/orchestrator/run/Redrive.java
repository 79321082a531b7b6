package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The durable mark that a finished run was opened again. It counts at once; the tasks it means are taken up slice by slice
 * behind it, no faster than asked for.
 *
 * @param request names its revision
 * @param openedAt the time from which tasks are taken up, and the rate and the revision's deadline count
 * @param cursor every task below this index was looked at
 * @param taken how many of them were taken up
 * @param walked whether no more is to be looked at
 */
public record Redrive(RedriveTasks request, Instant openedAt, int cursor, int taken, boolean walked) {

    /** A task that fails in so many revisions needs another cure than being done again. */
    public static final int MOST_REVISIONS = 10;

    private static final long MILLIS = 1_000;

    static Redrive opened(RedriveTasks request, Instant now) {
        Instant start = request.startAfter() == null ? now : now.plus(request.startAfter());
        return new Redrive(request, start, 0, 0, false);
    }

    /** What stands against opening the revision of the run now. */
    public static Optional<Objection> objection(Run run, int revision) {
        int next = run.revision() + 1;
        if (run.completedAt() == null) {
            return runId(
                    run,
                    "must name a run that has ended: only such a one can be redriven, and its revision "
                            + run.revision() + " is running");
        }
        if (revision != next) {
            return Optional.of(new Objection(
                    "revision", Integer.toString(revision), "must be " + next + ", one more than the run's last"));
        }
        if (next > MOST_REVISIONS) {
            return Optional.of(new Objection("revision", Integer.toString(next), "must be at most " + MOST_REVISIONS));
        }
        return run.stop() == null || run.stop().complete()
                ? Optional.empty()
                : runId(run, "must name a run that had all of its tasks before it ended; submit it anew");
    }

    private static Optional<Objection> runId(Run run, String rule) {
        return Optional.of(new Objection("runId", run.id().value(), rule));
    }

    public int revision() {
        return Objects.requireNonNull(request.revision());
    }

    /** How many more tasks may be taken up by now. */
    public int room(Instant now) {
        long most = request.max() == null ? Integer.MAX_VALUE : request.max();
        if (request.rate() != null) {
            most = Math.min(most, 1 + Duration.between(openedAt, now).toMillis() * request.rate() / MILLIS);
        }
        return (int) Math.max(0, most - taken);
    }

    /** Whether it has yet to come to a task that has this outcome, and means it. */
    public boolean isStillToTake(TaskOutcome outcome) {
        return !walked && !isFull() && outcome.taskId().index() >= cursor && request.takes(outcome);
    }

    /** Whether it has taken up the most it may. */
    public boolean isFull() {
        return request.max() != null && taken >= request.max();
    }

    Redrive walkedTo(int index, int more) {
        return new Redrive(request, openedAt, index, taken + more, false);
    }

    Redrive ended() {
        return new Redrive(request, openedAt, cursor, taken, true);
    }
}
