package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What there is to do for one pool, counted. */
final class PoolCount {

    private final NavigableSet<Since> runs =
            new TreeSet<>(Comparator.comparing(Since::at).thenComparing(Since::id));
    /** How many dispatches of each time are not claimed: no more than the window lets through. */
    private final TreeMap<Instant, Integer> sent = new TreeMap<>();

    private int waiting;
    private int ready;
    private int inFlight;
    private int claimed;

    private record Since(Instant at, RunId id) {}

    /** @param ready those of the waiting that their run's concurrency lets go */
    void waiting(int change, int ready) {
        waiting += change;
        this.ready += ready;
    }

    void enter(RunId id, Instant since) {
        runs.add(new Since(since, id));
    }

    void leave(RunId id, Instant since) {
        runs.remove(new Since(since, id));
    }

    void occupied(int change) {
        inFlight += change;
    }

    void claimed(int change) {
        claimed += change;
    }

    void sent(Instant at, int tasks) {
        if (tasks > 0) {
            sent.merge(at, tasks, Integer::sum);
        }
    }

    /** The dispatch of that time waits no more. One that came with its run from another owner is among the oldest. */
    void taken(Instant at) {
        if (!sent.isEmpty()) {
            sent.computeIfPresent(sent.containsKey(at) ? at : sent.firstKey(), (t, n) -> n > 1 ? n - 1 : null);
        }
    }

    PoolLoad load(int dueRetries) {
        return new PoolLoad(
                waiting,
                runs.isEmpty() ? null : runs.first().at(),
                inFlight,
                claimed,
                ready + dueRetries,
                sent.isEmpty() ? null : sent.firstKey());
    }
}
