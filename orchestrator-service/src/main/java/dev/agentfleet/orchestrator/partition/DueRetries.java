package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Retries that may be dispatched, of each run in the order in which they fell due, and counted by pool. */
final class DueRetries {

    private final Map<RunId, OfRun> runs = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private record Due(Timer timer, String pool) {}

    private record OfRun(Deque<Due> due, Map<String, Integer> counts) {}

    void clear() {
        runs.clear();
        counts.clear();
    }

    void add(Timer timer, String pool) {
        OfRun run = runs.computeIfAbsent(timer.runId(), id -> new OfRun(new ArrayDeque<>(), new HashMap<>()));
        run.due().add(new Due(timer, pool));
        run.counts().merge(pool, 1, Integer::sum);
        counts.merge(pool, 1, Integer::sum);
    }

    /** The run's next; null when it has none. */
    @Nullable
    Timer peek(RunId id) {
        OfRun run = runs.get(id);
        return run == null ? null : run.due().element().timer();
    }

    /** Takes the run's next away. */
    void remove(RunId id) {
        OfRun run = runs.get(id);
        if (run != null) {
            String pool = run.due().remove().pool();
            take(run.counts(), pool, 1);
            take(counts, pool, 1);
            if (run.due().isEmpty()) {
                runs.remove(id);
            }
        }
    }

    /** The run's will never be dispatched. Takes no longer for many than for a few. */
    void forget(RunId id) {
        OfRun run = runs.remove(id);
        if (run != null) {
            run.counts().forEach((pool, count) -> take(counts, pool, count));
        }
    }

    /** By the name of a pool; one that has none is missing. */
    Map<String, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    private static void take(Map<String, Integer> from, String pool, int count) {
        from.computeIfPresent(pool, (name, known) -> known > count ? Integer.valueOf(known - count) : null);
    }
}
