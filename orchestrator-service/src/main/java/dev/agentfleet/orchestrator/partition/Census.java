package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps count of what there is to do, step by step, so that nobody has to look through the runs for it. */
final class Census {

    private static final Waiting NOTHING = new Waiting("", 0, 0, Instant.EPOCH);

    private final TaskSpecs specs;
    private final AdmissionRules rules;
    private final Map<RunId, Waiting> runs = new HashMap<>();
    private final Map<String, PoolCount> pools = new HashMap<>();
    private int backingOff;

    Census(TaskSpecs specs, AdmissionRules rules) {
        this.specs = specs;
        this.rules = rules;
    }

    /** What one run adds to the count of the pool its next task is for. */
    private record Waiting(String pool, int tasks, int ready, Instant since) {}

    void clear() {
        runs.clear();
        pools.clear();
        backingOff = 0;
    }

    /** Takes up a run that was active before a restart. */
    void restore(Run run) {
        backingOff += run.progress().backingOff();
        run.progress().inFlight().forEach((name, count) -> {
            int queued = run.progress().queued(name);
            PoolCount pool = pool(name);
            pool.occupied(count);
            pool.claimed(count - queued);
            pool.sent(run.spec().startAt(), queued);
        });
        update(run);
    }

    void moved(Run run, TaskState before, TaskState after) {
        backingOff += waits(after) - waits(before);
        count(before, -1);
        count(after, 1);
        if (before instanceof TaskState.Dispatched sent) {
            pool(sent.pool()).taken(sent.at());
        }
        if (after instanceof TaskState.Dispatched sent) {
            pool(sent.pool()).sent(sent.at(), 1);
        }
        update(run);
    }

    private void count(TaskState state, int change) {
        if (state.occupies() != null) {
            pool(state.occupies()).occupied(change);
        }
        if (state.runs() != null) {
            pool(state.runs()).claimed(change);
        }
    }

    private static int waits(TaskState state) {
        return state instanceof TaskState.BackingOff ? 1 : 0;
    }

    /** The run was admitted, has grown, moved or completed. */
    void update(Run run) {
        Waiting known = runs.get(run.id());
        if (run.completedAt() != null) {
            replace(run.id(), known, null);
        } else if (known == null || known.tasks() != tasks(run) || known.ready() != ready(run)) {
            replace(run.id(), known, waiting(run));
        }
    }

    private Waiting waiting(Run run) {
        if (tasks(run) == 0) {
            return NOTHING;
        }
        var next = specs.get(run.id(), run.progress().cursor());
        String pool = rules.poolOf(next, run.spec().agent(), run.spec().pool());
        return new Waiting(pool, tasks(run), ready(run), run.spec().startAt());
    }

    /** Those of a run that is held until its start wait for no worker. */
    private static int tasks(Run run) {
        return run.heldUntil() == null ? run.waiting() : 0;
    }

    /** Those its concurrency lets go now. */
    private static int ready(Run run) {
        if (!run.hasRoom()) {
            return 0;
        }
        Integer most = run.spec().options().concurrency();
        return most == null
                ? run.waiting()
                : Math.min(run.waiting(), most - run.progress().inFlightTotal());
    }

    private void replace(RunId id, @Nullable Waiting known, @Nullable Waiting next) {
        boolean stays = known != null && next != null && known.pool().equals(next.pool()) && known.tasks() > 0;
        if (known != null && known.tasks() > 0) {
            PoolCount left = pool(known.pool());
            left.waiting(-known.tasks(), -known.ready());
            if (!stays) {
                left.leave(id, known.since());
            }
        }
        if (next == null) {
            runs.remove(id);
            return;
        }
        runs.put(id, next);
        if (next.tasks() > 0) {
            PoolCount entered = pool(next.pool());
            entered.waiting(next.tasks(), next.ready());
            if (!stays) {
                entered.enter(id, next.since());
            }
        }
    }

    private PoolCount pool(String name) {
        return pools.computeIfAbsent(name, it -> new PoolCount());
    }

    /** @param dueRetries how many retries may be dispatched now, by pool */
    HomeLoad load(Map<String, Integer> dueRetries) {
        Set<String> names = new HashSet<>(pools.keySet());
        names.addAll(dueRetries.keySet());
        Map<String, PoolLoad> loads = new HashMap<>();
        for (String name : names) {
            loads.put(name, pool(name).load(dueRetries.getOrDefault(name, 0)));
        }
        return new HomeLoad(loads, backingOff, runs.size());
    }
}
