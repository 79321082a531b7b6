package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills the window of each pool, taking turns between the runs that have tasks for it. What it holds in memory follows
 * from the store: which runs wait, which retries are due, how much is dispatched and not claimed.
 */
final class Dispatcher {

    /** Tasks a run may send in one turn. */
    private static final int TURN = 8;

    private final RunTable runs;
    private final TaskSpecs specs;
    private final Timers timers;
    private final Window window;
    private final AdmissionRules rules;
    private final Map<String, Deque<RunId>> rings = new HashMap<>();
    private final Map<RunId, String> inRing = new HashMap<>();
    private final DueRetries retries = new DueRetries();
    private final Map<String, Integer> queued = new HashMap<>();

    Dispatcher(Parts parts, RunTable runs, TaskSpecs specs, Timers timers) {
        this.window = parts.window();
        this.rules = parts.rules();
        this.runs = runs;
        this.specs = specs;
        this.timers = timers;
    }

    void clear() {
        rings.clear();
        inRing.clear();
        retries.clear();
        queued.clear();
    }

    /** Takes up a run that was active before a restart. */
    void restore(Run run) {
        for (String pool : run.progress().inFlight().keySet()) {
            queued.merge(pool, run.progress().queued(pool), Integer::sum);
        }
        offer(run);
    }

    /** A task may be dispatched again from now on. */
    void retry(Timer timer) {
        Run run = runs.get(timer.runId());
        if (run != null) {
            retries.add(timer, poolOf(run, timer.index()));
            offer(timer.runId());
        }
    }

    /** Nothing of the run is dispatched any more. */
    void stopping(RunId id) {
        retries.forget(id);
    }

    /** How many retries may be dispatched as soon as there is room, by pool; one that has none is missing. */
    Map<String, Integer> dueRetries() {
        return retries.counts();
    }

    void moved(RunId id, TaskState before, TaskState after) {
        if (before.queues() != null) {
            // Less than nothing where the state of an earlier version did not tell what was claimed.
            queued.merge(before.queues(), -1, (count, one) -> Math.max(0, count + one));
        }
        if (after.queues() != null) {
            queued.merge(after.queues(), 1, Integer::sum);
        }
        if (before.occupies() != null && after.occupies() == null) {
            if (before.runs() != null || wasReported(after)) {
                window.served(before.occupies());
            }
            offer(id);
        }
    }

    /** Not when it was given back, dropped or waited too long: that frees no slot. */
    private static boolean wasReported(TaskState after) {
        return switch (after) {
            case TaskState.BackingOff failed -> failed.last() != null;
            case TaskState.Settled settled -> settled.outcome().workerId() != null;
            default -> false;
        };
    }

    void offer(RunId id) {
        if (!inRing.containsKey(id)) {
            Run run = runs.get(id);
            if (run != null) {
                offer(run);
            }
        }
    }

    private void offer(Run run) {
        Next next = next(run);
        if (next != null && !inRing.containsKey(run.id())) {
            rings.computeIfAbsent(next.pool(), pool -> new ArrayDeque<>()).add(run.id());
            inRing.put(run.id(), next.pool());
        }
    }

    /** The run was deleted: whatever comes under its name is another one. */
    void forget(RunId id) {
        retries.forget(id);
        String pool = inRing.remove(id);
        if (pool != null) {
            Objects.requireNonNull(rings.get(pool)).remove(id);
        }
    }

    /** Whether a run has tasks it could send if a window were larger. */
    boolean hasWaiting() {
        return !inRing.isEmpty();
    }

    /** Gives up every claim to the windows: another owner has the partition now. */
    void withdraw() {
        rings.keySet().forEach(pool -> window.demand(pool, false));
    }

    /** Dispatches at most so many tasks; returns how many it did. */
    int fill(Transitions transitions, int most, Instant now) {
        int sent = 0;
        // A turn may bring the run to a ring that is not there yet.
        for (Map.Entry<String, Deque<RunId>> ring : List.copyOf(rings.entrySet())) {
            sent += fill(ring.getKey(), ring.getValue(), transitions, most - sent, now);
        }
        return sent;
    }

    private int fill(String pool, Deque<RunId> ring, Transitions transitions, int most, Instant now) {
        int sent = 0;
        int size = ring.isEmpty() ? 0 : window.size(pool);
        while (sent < most && !ring.isEmpty() && queued.getOrDefault(pool, 0) < size) {
            RunId id = ring.remove();
            int turn = Math.min(Math.min(TURN, most - sent), size - queued.getOrDefault(pool, 0));
            sent += turn(id, pool, transitions, turn, now);
            inRing.remove(id);
            offer(id);
        }
        window.demand(pool, !ring.isEmpty());
        return sent;
    }

    private int turn(RunId id, String pool, Transitions transitions, int most, Instant now) {
        int sent = 0;
        while (sent < most) {
            Run run = runs.get(id);
            Next next = run == null ? null : next(run);
            if (next == null || !next.pool().equals(pool)) {
                break;
            }
            if (next.retry() != null) {
                retries.remove(id);
                timers.remove(next.retry());
            }
            transitions.task(id, next.index(), new TaskEvent.Dispatch(pool), now);
            sent++;
        }
        return sent;
    }

    /** The task the run would send now, if it may: a due retry first, then the next one in order. */
    private @Nullable Next next(Run run) {
        if (run.stop() != null) {
            retries.forget(run.id());
        }
        Timer retry = retries.peek(run.id());
        if (!run.hasRoom() || (retry == null && run.waiting() == 0)) {
            return null;
        }
        int index = retry == null ? run.progress().cursor() : retry.index();
        String pool = poolOf(run, index);
        // A pool that is no longer configured has no topic: its tasks wait until it is again, or the deadline ends
        // them.
        return rules.pools().contains(pool) ? new Next(index, pool, retry) : null;
    }

    private String poolOf(Run run, int index) {
        return rules.poolOf(
                specs.get(run.id(), index), run.spec().agent(), run.spec().pool());
    }

    private record Next(int index, String pool, @Nullable Timer retry) {}
}
