package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runs that finished a retention ago, without a record of their own: now and then it goes through the list from
 * its oldest end, up to the first run admitted less than a retention ago. Of what it needs for that only the places are in
 * memory: when no run can be due, and where the list begins, because what lay before was deleted and is slow to pass over.
 */
final class EndedRuns {

    private static final int MOST_AT_ONCE = 100;

    private static final List<RunStatus> ENDED =
            List.of(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.TIMED_OUT);

    private static final Comparator<Run> OLDEST_FIRST = Comparator.comparing(
                    (Run run) -> run.spec().admittedAt().toEpochMilli())
            .thenComparing(Run::id, Comparator.reverseOrder());

    private final RunStore store;
    private final RunRetention retention;
    /** No run is listed under the status before this one; nothing is, where there is none. */
    private final Map<RunStatus, Run> first = new EnumMap<>(RunStatus.class);
    /** No run is due before. */
    private Instant next = Instant.MAX;

    private @Nullable Look look;

    EndedRuns(RunStore store, RunRetention retention) {
        this.store = store;
        this.retention = retention;
    }

    /**
     * Where a look through the list is.
     *
     * @param last the run looked at last under the status; null at its beginning
     * @param kept the oldest of the status that stays
     */
    private record Look(
            Instant upTo,
            int number,
            @Nullable Run last,
            @Nullable Run kept) {

        RunStatus status() {
            return ENDED.get(number);
        }
    }

    void restore() {
        first.clear();
        look = null;
        next = Instant.MAX;
        for (RunStatus status : ENDED) {
            store.ended(status, null, Instant.MAX, 1).forEach(run -> {
                first.put(status, run);
                soonest(run.spec().admittedAt());
            });
        }
    }

    /** Whether a run will be due some time. */
    boolean awaitsTime() {
        return !next.equals(Instant.MAX);
    }

    boolean isLooking() {
        return look != null;
    }

    /** The run has completed. */
    void add(Run run) {
        first.merge(run.status(), run, EndedRuns::older);
        if (look != null && look.status() == run.status()) {
            look = new Look(look.upTo(), look.number(), look.last(), older(look.kept(), run));
        }
        soonest(Objects.requireNonNull(run.completedAt()));
    }

    void onTick(Instant now) {
        if (look == null && !next.isAfter(now)) {
            next = Instant.MAX;
            look = new Look(now.minus(retention.time()), 0, null, null);
        }
    }

    /** Looks at no more than a hundred runs and hands over those that are due. */
    void look(Instant now, Consumer<RunId> due) {
        if (look == null) {
            return;
        }
        Look it = look;
        List<Run> page = page(it);
        Run kept = it.kept();
        for (Run run : page) {
            Instant ended = Objects.requireNonNull(run.completedAt());
            if (ended.plus(retention.time()).isAfter(now)) {
                kept = older(kept, run);
                soonest(ended);
            } else {
                due.accept(run.id());
            }
        }
        Look looked = new Look(it.upTo(), it.number(), page.isEmpty() ? it.last() : page.getLast(), kept);
        if (page.size() == MOST_AT_ONCE) {
            look = looked;
            return;
        }
        leave(looked);
        look = it.number() + 1 < ENDED.size() ? new Look(it.upTo(), it.number() + 1, null, null) : null;
        Instant soon = now.plus(retention.lookEvery());
        if (look == null && next.isBefore(soon)) {
            next = soon;
        }
    }

    private List<Run> page(Look it) {
        return after(it.last(), it.status(), it.upTo(), MOST_AT_ONCE);
    }

    /** The runs that follow in the list; from its beginning where nothing was looked at yet. */
    private List<Run> after(@Nullable Run last, RunStatus status, Instant upTo, int most) {
        Run from = last == null ? first.get(status) : last;
        return from == null
                ? List.of()
                : store.ended(status, from, upTo, most + 1).stream()
                        .filter(run -> last == null || OLDEST_FIRST.compare(run, last) != 0)
                        .limit(most)
                        .toList();
    }

    /** Remembers where the list of the status begins now, and when the first of what was not looked at may be due. */
    private void leave(Look looked) {
        RunStatus status = looked.status();
        Run begin = looked.kept();
        for (Run later : after(looked.last(), status, Instant.MAX, 1)) {
            begin = older(begin, later);
            soonest(later.spec().admittedAt());
        }
        if (begin == null) {
            first.remove(status);
        } else {
            first.put(status, begin);
        }
    }

    private static Run older(@Nullable Run one, Run other) {
        return one == null || OLDEST_FIRST.compare(other, one) < 0 ? other : one;
    }

    /** A run that ended then, or later, is kept. */
    private void soonest(Instant ended) {
        Instant due = ended.plus(retention.time());
        if (due.isBefore(next)) {
            next = due;
        }
    }
}
