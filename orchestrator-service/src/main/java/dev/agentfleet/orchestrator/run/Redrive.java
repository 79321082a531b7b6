package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.RedriveTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The durable mark that a finished run was opened again. It counts at once; the tasks it means are taken up slice by slice
 * behind it, no faster than asked for.
 *
 * @param request names its revision
 * @param openedAt the time from which the rate and the revision's deadline count
 * @param cursor every task below this index was looked at
 * @param taken how many of them were taken up
 * @param walked whether no more can be taken up
 */
public record Redrive(RedriveTasks request, Instant openedAt, int cursor, int taken, boolean walked) {

    /** A task that fails in so many revisions needs another cure than being done again. */
    public static final int MOST_REVISIONS = 10;

    private static final long MILLIS = 1_000;

    static Redrive opened(RedriveTasks request, Instant now) {
        return new Redrive(request, now, 0, 0, false);
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

    Redrive walkedTo(int index, int more, boolean toTheEnd) {
        int total = taken + more;
        boolean full = request.max() != null && total >= request.max();
        return new Redrive(request, openedAt, index, total, toTheEnd || full);
    }
}
