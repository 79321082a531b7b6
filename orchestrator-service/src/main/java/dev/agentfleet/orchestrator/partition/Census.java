package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps count of what there is to do, step by step, so that nobody has to look through the runs for it. */
final class Census {

    private static final Waiting NOTHING = new Waiting("", 0, Instant.EPOCH);

    private final TaskSpecs specs;
    private final AdmissionRules rules;
    private final Map<RunId, Waiting> runs = new HashMap<>();
    private final Map<String, Queue> queues = new HashMap<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private int backingOff;

    Census(TaskSpecs specs, AdmissionRules rules) {
        this.specs = specs;
        this.rules = rules;
    }

    /** What one run adds to the queue of the pool its next task is for. */
    private record Waiting(String pool, int tasks, Instant since) {}

    private record Since(Instant at, RunId id) {}

    private static final class Queue {
        private int tasks;
        private final NavigableSet<Since> runs =
                new TreeSet<>(Comparator.comparing(Since::at).thenComparing(Since::id));
    }

    void clear() {
        runs.clear();
        queues.clear();
        inFlight.clear();
        backingOff = 0;
    }

    /** Takes up a run that was active before a restart. */
    void restore(Run run) {
        backingOff += run.progress().backingOff();
        run.progress().inFlight().forEach((pool, count) -> inFlight.merge(pool, count, Integer::sum));
        update(run);
    }

    void moved(Run run, TaskState before, TaskState after) {
        backingOff += waits(after) - waits(before);
        if (before.occupies() != null) {
            inFlight.merge(before.occupies(), -1, Integer::sum);
        }
        if (after.occupies() != null) {
            inFlight.merge(after.occupies(), 1, Integer::sum);
        }
        update(run);
    }

    private static int waits(TaskState state) {
        return state instanceof TaskState.BackingOff ? 1 : 0;
    }

    /** The run was admitted, has grown, moved or completed. */
    void update(Run run) {
        Waiting known = runs.get(run.id());
        if (run.completedAt() != null) {
            replace(run.id(), known, null);
        } else if (known == null || known.tasks() != tasks(run)) {
            replace(run.id(), known, waiting(run));
        }
    }

    private Waiting waiting(Run run) {
        if (tasks(run) == 0) {
            return NOTHING;
        }
        var next = specs.get(run.id(), run.progress().cursor());
        String pool = rules.poolOf(next, run.spec().agent(), run.spec().pool());
        return new Waiting(pool, tasks(run), run.spec().startAt());
    }

    /** Those of a run that is held until its start wait for no worker. */
    private static int tasks(Run run) {
        return run.heldUntil() == null ? run.waiting() : 0;
    }

    private void replace(RunId id, @Nullable Waiting known, @Nullable Waiting next) {
        boolean stays = known != null && next != null && known.pool().equals(next.pool()) && known.tasks() > 0;
        if (known != null && known.tasks() > 0) {
            Queue left = queue(known.pool());
            left.tasks -= known.tasks();
            if (!stays) {
                left.runs.remove(new Since(known.since(), id));
            }
        }
        if (next == null) {
            runs.remove(id);
            return;
        }
        runs.put(id, next);
        if (next.tasks() > 0) {
            Queue entered = queue(next.pool());
            entered.tasks += next.tasks();
            if (!stays) {
                entered.runs.add(new Since(next.since(), id));
            }
        }
    }

    private Queue queue(String pool) {
        return queues.computeIfAbsent(pool, name -> new Queue());
    }

    HomeLoad load() {
        Set<String> names = new HashSet<>(queues.keySet());
        names.addAll(inFlight.keySet());
        Map<String, PoolLoad> pools = new HashMap<>();
        for (String name : names) {
            Queue queue = queue(name);
            Instant oldest = queue.runs.isEmpty() ? null : queue.runs.first().at();
            pools.put(name, new PoolLoad(queue.tasks, oldest, inFlight.getOrDefault(name, 0)));
        }
        return new HomeLoad(pools, backingOff, runs.size());
    }
}
