package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is: counters that follow from its tasks' transitions alone.
 *
 * @param cursor every task below this index has left {@link TaskState.Waiting}
 * @param inFlight tasks dispatched or running, by pool
 * @param claimed those of them that are running, by pool; null where an earlier version stored the run
 * @param backingOff tasks that wait for another attempt
 * @param counts tasks with an outcome
 * @param attempts attempts dispatched
 * @param cost what the attempts are known to have used up; null when none of them said
 * @param work what the attempts took that have ended; null before the first has, and where an earlier version saw some end
 * @param failed indexes of the first tasks that did not succeed, in the order of their outcomes; of a redriven run in the order
 *     in which they had ended, or were left as they were
 */
public record Progress(
        int cursor,
        Map<String, Integer> inFlight,
        @Nullable Map<String, Integer> claimed,
        int backingOff,
        Counts counts,
        long attempts,
        @Nullable Cost cost,
        @Nullable WorkTally work,
        List<Integer> failed) {

    static final Progress NONE = new Progress(0, Map.of(), Map.of(), 0, Counts.ZERO, 0, null, null, List.of());

    /** Tasks dispatched and not claimed, of one pool. */
    public int queued(String pool) {
        return Math.max(0, inFlight.getOrDefault(pool, 0) - claims().getOrDefault(pool, 0));
    }

    /** Where it is not known, all: a window that is taken for emptier than it is does no harm for long. */
    private Map<String, Integer> claims() {
        return claimed == null ? inFlight : claimed;
    }

    public int inFlightTotal() {
        int total = 0;
        for (int count : inFlight.values()) {
            total += count;
        }
        return total;
    }

    /** Null where it is not known. */
    public @Nullable Work workDone() {
        return work == null ? null : work.toWork();
    }

    /**
     * The progress after one task's transition.
     *
     * @param ended the attempt that ended with it, if one did
     */
    Progress moved(int index, TaskState before, TaskState after, @Nullable AttemptEnd ended) {
        return new Progress(
                before instanceof TaskState.Waiting ? Math.max(cursor, index + 1) : cursor,
                moved(inFlight, before.occupies(), after.occupies()),
                moved(claims(), before.runs(), after.runs()),
                backingOff + waits(after) - waits(before),
                countsWith(before, after),
                attempts + after.attempt() - before.attempt(),
                costWith(before.spent(), after.spent()),
                workWith(ended),
                failedWith(index, after));
    }

    private Counts countsWith(TaskState before, TaskState after) {
        Counts open = before instanceof TaskState.Settled settled
                ? counts.minus(settled.outcome().status())
                : counts;
        return after instanceof TaskState.Settled settled
                ? open.plus(settled.outcome().status())
                : open;
    }

    private @Nullable Cost costWith(@Nullable Cost before, @Nullable Cost after) {
        return after == null || after.equals(before) ? cost : Cost.sum(cost, after.since(before));
    }

    /** A sum that lacks some of the attempts would be wrong in every share: it is not begun. */
    private @Nullable WorkTally workWith(@Nullable AttemptEnd ended) {
        if (ended == null || (work == null && attempts > inFlightTotal())) {
            return work;
        }
        return (work == null ? WorkTally.NONE : work).plus(ended);
    }

    private static int waits(TaskState state) {
        return state instanceof TaskState.BackingOff ? 1 : 0;
    }

    private static Map<String, Integer> moved(Map<String, Integer> counts, @Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return counts;
        }
        Map<String, Integer> next = new TreeMap<>(counts);
        if (from != null) {
            next.computeIfPresent(from, (pool, n) -> n > 1 ? Integer.valueOf(n - 1) : null);
        }
        if (to != null) {
            next.merge(to, 1, Integer::sum);
        }
        return next;
    }

    /** Whether {@link #failed} has less than it should: a redrive has yet to come by tasks that it leaves as they are. */
    boolean lacksFailures() {
        return failed.size() < Math.min(RunCompleted.MAX_FAILURES, counts.total() - counts.succeeded());
    }

    /** For the next revision, which finds them anew. */
    Progress withoutFailed() {
        return new Progress(cursor, inFlight, claimed, backingOff, counts, attempts, cost, work, List.of());
    }

    /** Takes in, as far as there is room, tasks that did not succeed and are left so. */
    Progress withFailed(List<Integer> left) {
        if (left.isEmpty() || failed.size() >= RunCompleted.MAX_FAILURES) {
            return this;
        }
        List<Integer> next = Stream.concat(failed.stream(), left.stream())
                .limit(RunCompleted.MAX_FAILURES)
                .toList();
        return new Progress(cursor, inFlight, claimed, backingOff, counts, attempts, cost, work, next);
    }

    private List<Integer> failedWith(int index, TaskState after) {
        if (!(after instanceof TaskState.Settled settled)
                || settled.outcome().status() == TaskStatus.SUCCEEDED
                || failed.size() >= RunCompleted.MAX_FAILURES) {
            return failed;
        }
        List<Integer> next = new ArrayList<>(failed);
        next.add(index);
        return next;
    }
}
