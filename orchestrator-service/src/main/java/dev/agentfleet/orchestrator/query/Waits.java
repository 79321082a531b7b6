package dev.agentfleet.orchestrator.query;

import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.fleet.PoolStanding;
import dev.agentfleet.orchestrator.query.WaitsFor.Reason;
import dev.agentfleet.orchestrator.run.Redrive;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides why tasks of one run wait, from the run and the fleet at one moment. Each kind of task has a chain of what can
 * be in its way; the first that is, is the answer. A new obstacle is one more link. For one thread.
 */
final class Waits {

    private record Need(String pool, String agent) {}

    private final Run run;
    private final @Nullable TaskDemand next;
    private final Set<String> pools;
    private final FleetSnapshot fleet;
    private final Map<Need, PoolStanding> standings = new HashMap<>();

    /**
     * @param next the first task that was never dispatched; null when there is none
     * @param pools the configured ones
     */
    Waits(Run run, @Nullable TaskDemand next, Set<String> pools, FleetSnapshot fleet) {
        this.run = run;
        this.next = next;
        this.pools = pools;
        this.fleet = fleet;
    }

    /** Empty for a task that runs and is not known to have waited, or has its outcome and keeps it. */
    Optional<WaitsFor> of(TaskDemand task, TaskState state) {
        return switch (state) {
            case TaskState.Waiting w -> Optional.of(waiting(task));
            case TaskState.BackingOff backingOff -> Optional.of(backingOff(task, backingOff));
            case TaskState.Dispatched dispatched -> Optional.of(dispatched(task.inPool(dispatched.pool())));
            case TaskState.Running running -> quota(running);
            case TaskState.Settled settled -> redrive(settled);
        };
    }

    private WaitsFor waiting(TaskDemand task) {
        return stopping()
                .or(this::held)
                .or(() -> unserved(task))
                .or(this::concurrency)
                .or(() -> order(task))
                .or(() -> fullWindow(task))
                .orElseGet(() -> new WaitsFor(Reason.TURN, turn(task)));
    }

    private WaitsFor backingOff(TaskDemand task, TaskState.BackingOff state) {
        return stopping()
                .or(() -> retry(state))
                .or(() -> unserved(task))
                .or(this::concurrency)
                .or(() -> fullWindow(task))
                .orElseGet(() -> new WaitsFor(Reason.TURN, "it is due to be sent again"));
    }

    private static Optional<WaitsFor> quota(TaskState.Running running) {
        return Optional.ofNullable(running.waited())
                .map(waited ->
                        new WaitsFor(Reason.QUOTA, "its calls have waited " + waited.toSeconds() + " s for a quota"));
    }

    private WaitsFor dispatched(TaskDemand task) {
        return stopping()
                .or(() -> unmanned(task))
                .or(() -> busySlots(task))
                .orElseGet(() -> new WaitsFor(Reason.TURN, "a worker should take it at once (" + busy(task) + ")"));
    }

    private Optional<WaitsFor> stopping() {
        return Optional.ofNullable(run.stop())
                .map(stop -> new WaitsFor(
                        Reason.STOPPING,
                        "the run ends early (" + stop.failure().code() + "); the task's outcome follows"));
    }

    private Optional<WaitsFor> held() {
        return Optional.ofNullable(run.heldUntil())
                .map(start -> new WaitsFor(Reason.HELD, "the run starts at " + start, start));
    }

    private Optional<WaitsFor> redrive(TaskState.Settled task) {
        Redrive redrive = run.redrive();
        if (redrive == null || run.stop() != null || !run.isRedriving() || !redrive.isStillToTake(task.outcome())) {
            return Optional.empty();
        }
        Integer max = redrive.request().max();
        String most = max == null
                ? ""
                : ", as long as that has taken fewer than " + max + " tasks (" + redrive.taken() + " so far)";
        return Optional.of(
                new WaitsFor(Reason.REDRIVE, "the run's redrive takes it up" + when(redrive) + most, run.heldUntil()));
    }

    private String when(Redrive redrive) {
        if (run.heldUntil() != null) {
            return " from " + run.heldUntil() + " on";
        }
        Integer rate = redrive.request().rate();
        return " in its turn: it has come to task " + redrive.cursor()
                + (rate == null ? "" : ", at " + rate + " a second");
    }

    private Optional<WaitsFor> retry(TaskState.BackingOff state) {
        if (!state.retryAt().isAfter(fleet.now())) {
            return Optional.empty();
        }
        String after = state.last() == null
                ? ""
                : ", after " + state.last().code() + ": " + state.last().reason();
        return Optional.of(new WaitsFor(Reason.RETRY, "next attempt at " + state.retryAt() + after, state.retryAt()));
    }

    private Optional<WaitsFor> unserved(TaskDemand task) {
        return pools.contains(task.pool())
                ? unmanned(task)
                : Optional.of(new WaitsFor(Reason.NO_POOL, "pool '" + task.pool() + "' is not configured any more"));
    }

    private Optional<WaitsFor> unmanned(TaskDemand task) {
        PoolStanding standing = standing(task);
        if (standing.serving() == 0) {
            String draining = standing.draining() == 0 ? "" : " (" + standing.draining() + " draining)";
            return Optional.of(
                    new WaitsFor(Reason.NO_WORKER, "no worker serves pool '" + task.pool() + "'" + draining));
        }
        return standing.able() > 0
                ? Optional.empty()
                : Optional.of(new WaitsFor(
                        Reason.NO_AGENT,
                        "no worker of pool '" + task.pool() + "' has the agent '" + task.agent() + "'"));
    }

    private Optional<WaitsFor> concurrency() {
        return run.hasRoom()
                ? Optional.empty()
                : Optional.of(new WaitsFor(
                        Reason.CONCURRENCY,
                        "the run's concurrency is reached: " + run.progress().inFlightTotal() + " of "
                                + run.spec().options().concurrency() + " tasks in flight"));
    }

    private Optional<WaitsFor> order(TaskDemand task) {
        if (next == null || next.pool().equals(task.pool())) {
            return Optional.empty();
        }
        return (pools.contains(next.pool()) ? fullWindow(next) : unserved(next))
                .map(obstacle -> new WaitsFor(
                        Reason.ORDER,
                        "the run's tasks are sent in order; task " + next.index() + " for pool '" + next.pool()
                                + "' goes first: "
                                + unmanned(next).orElse(obstacle).text()));
    }

    private Optional<WaitsFor> fullWindow(TaskDemand task) {
        return fleet.full().contains(task.pool())
                ? busySlots(task)
                        .or(() -> Optional.of(new WaitsFor(
                                Reason.NO_SLOT,
                                "pool '" + task.pool() + "' has as much work in hand as it may (" + busy(task) + ")")))
                : Optional.empty();
    }

    private Optional<WaitsFor> busySlots(TaskDemand task) {
        return standing(task).allBusy()
                ? Optional.of(new WaitsFor(
                        Reason.NO_SLOT,
                        "every slot of pool '" + task.pool() + "' for the agent '" + task.agent() + "' is busy ("
                                + busy(task) + ")"))
                : Optional.empty();
    }

    private String busy(TaskDemand task) {
        PoolStanding standing = standing(task);
        return standing.busy() + " of " + standing.slots() + " slots busy";
    }

    private String turn(TaskDemand task) {
        int ahead = Math.max(0, task.index() - run.progress().cursor());
        String before = switch (ahead) {
            case 0 -> "it is sent next";
            case 1 -> "1 task of its run goes first";
            default -> ahead + " tasks of its run go first";
        };
        return run.progress().backingOff() == 0
                ? before
                : before + ", after those of its run that are due to be tried again";
    }

    private PoolStanding standing(TaskDemand task) {
        return standings.computeIfAbsent(
                new Need(task.pool(), task.agent()),
                need -> PoolStanding.of(fleet.workers(), need.pool(), need.agent()));
    }
}
