package dev.agentfleet.orchestrator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.contract.WorkerHeartbeat.AgentInfo;
import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.query.WaitsFor.Reason;
import dev.agentfleet.orchestrator.run.Intake;
import dev.agentfleet.orchestrator.run.Progress;
import dev.agentfleet.orchestrator.run.Redrive;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunSpec;
import dev.agentfleet.orchestrator.run.Stop;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final RunId ID = new RunId("r1");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final int CURSOR = 4;
    private static final TaskDemand NEXT = new TaskDemand(CURSOR, "echo", "default");
    private static final TaskDemand AFTER = new TaskDemand(CURSOR + 2, "echo", "default");
    private static final TaskState DISPATCHED = new TaskState.Dispatched("default", 1, 0, NOW, null);
    private static final RedriveTasks ALL = new RedriveTasks(ID, 2, null, null, null);
    private static final Set<Reason> SEEN = EnumSet.noneOf(Reason.class);

    private static final WorkerHeartbeat FREE = worker("default", "echo", 3, false);

    @AfterAll
    static void everyReasonIsShown() {
        assertThat(SEEN).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void ofARunThatEndsEarlyEveryTaskWaitsForItsOutcome() {
        Stop stop = new Stop(Stop.Cause.DEADLINE, "the run's deadline passed", true, 0);
        Waits waits = waits(run(null, null, stop), fleet());

        String text = "the run ends early (DEADLINE); the task's outcome follows";
        assertWait(waits, NEXT, TaskState.WAITING, Reason.STOPPING, text, null);
        assertWait(waits, NEXT, DISPATCHED, Reason.STOPPING, text, null);
        assertWait(waits, NEXT, backingOff(LATER), Reason.STOPPING, text, null);
    }

    @Test
    void ofAHeldRunForItsStart() {
        Waits waits = waits(run(null, LATER, null), fleet());

        assertWait(waits, NEXT, TaskState.WAITING, Reason.HELD, "the run starts at 2026-01-02T03:05:05Z", LATER);
    }

    @Test
    void afterAFailureForTheNextAttempt() {
        Waits waits = waits(run(null, null, null), fleet());

        assertWait(
                waits,
                NEXT,
                backingOff(LATER),
                Reason.RETRY,
                "next attempt at 2026-01-02T03:05:05Z, after BUSY: try later",
                LATER);
    }

    @Test
    void onceTheNextAttemptIsDueForWhatEveryOtherTaskWaitsFor() {
        TaskState due = backingOff(NOW);
        Run run = run(null, null, null);

        assertWait(waits(run, fleet(FREE)), NEXT, due, Reason.TURN, "it is due to be sent again", null);
        assertWait(waits(run, fleet()), NEXT, due, Reason.NO_WORKER, "no worker serves pool 'default'", null);
        assertReason(waits(run(2, null, null), fleet(FREE)), NEXT, due, Reason.CONCURRENCY);
        assertReason(waits(run, full("default", FREE)), NEXT, due, Reason.NO_SLOT);
        assertReason(waits(run, fleet(FREE)), NEXT.inPool("gone"), due, Reason.NO_POOL);
    }

    @Test
    void forAPoolThatIsNoLongerConfigured() {
        Waits waits = waits(run(null, null, null), fleet(FREE));

        assertWait(
                waits,
                NEXT.inPool("gone"),
                TaskState.WAITING,
                Reason.NO_POOL,
                "pool 'gone' is not configured any more",
                null);
    }

    @Test
    void forAWorkerOfItsPoolEvenWhereItsRunIsFull() {
        WorkerHeartbeat elsewhere = worker("gpu", "echo", 0, false);
        String text = "no worker serves pool 'default'";

        assertWait(waits(run(2, null, null), fleet(elsewhere)), NEXT, DISPATCHED, Reason.NO_WORKER, text, null);
        assertWait(waits(run(2, null, null), fleet(elsewhere)), NEXT, TaskState.WAITING, Reason.NO_WORKER, text, null);
        assertWait(
                waits(run(null, null, null), fleet(worker("default", "echo", 0, true))),
                NEXT,
                DISPATCHED,
                Reason.NO_WORKER,
                text + " (1 draining)",
                null);
    }

    @Test
    void forAWorkerWithItsAgent() {
        Waits waits = waits(run(2, null, null), fleet(worker("default", "sleep", 0, false)));

        String text = "no worker of pool 'default' has the agent 'echo'";
        assertWait(waits, NEXT, TaskState.WAITING, Reason.NO_AGENT, text, null);
        assertWait(waits, NEXT, DISPATCHED, Reason.NO_AGENT, text, null);
    }

    @Test
    void forOthersOfItsRunWhereThatHasAsManyInFlightAsItMay() {
        Waits waits = waits(run(2, null, null), full("default", FREE));

        assertWait(
                waits,
                NEXT,
                TaskState.WAITING,
                Reason.CONCURRENCY,
                "the run's concurrency is reached: 2 of 2 tasks in flight",
                null);
        assertReason(waits(run(3, null, null), fleet(FREE)), NEXT, TaskState.WAITING, Reason.TURN);
    }

    @Test
    void forTheTaskBeforeItThatAnotherPoolDoesNotTake() {
        TaskDemand other = AFTER.inPool("gpu");
        WorkerHeartbeat gpu = worker("gpu", "echo", 0, false);
        WorkerHeartbeat full = worker("default", "echo", 4, false);
        String order = "the run's tasks are sent in order; task 4 for pool 'default' goes first: ";

        assertWait(
                waits(run(null, null, null), full("default", full, gpu)),
                other,
                TaskState.WAITING,
                Reason.ORDER,
                order + "every slot of pool 'default' for the agent 'echo' is busy (4 of 4 slots busy)",
                null);
        assertWait(
                waits(run(null, null, null), full("default", gpu)),
                other,
                TaskState.WAITING,
                Reason.ORDER,
                order + "no worker serves pool 'default'",
                null);
        assertReason(waits(run(null, null, null), fleet(full, gpu)), other, TaskState.WAITING, Reason.TURN);
        assertReason(
                new Waits(run(null, null, null), NEXT.inPool("gone"), Set.of("default"), fleet(FREE)),
                AFTER,
                TaskState.WAITING,
                Reason.ORDER);
    }

    @Test
    void forASlotOfItsPool() {
        WorkerHeartbeat full = worker("default", "echo", 4, false);
        WorkerHeartbeat other = worker("default", "sleep", 0, false);
        Run run = run(null, null, null);
        String busy = "every slot of pool 'default' for the agent 'echo' is busy (8 of 8 slots busy)";

        assertWait(waits(run, fleet(full, full, other)), NEXT, DISPATCHED, Reason.NO_SLOT, busy, null);
        assertWait(waits(run, full("default", full, full)), NEXT, TaskState.WAITING, Reason.NO_SLOT, busy, null);
        assertWait(
                waits(run, full("default", full, FREE)),
                AFTER,
                TaskState.WAITING,
                Reason.NO_SLOT,
                "pool 'default' has as much work in hand as it may (7 of 8 slots busy)",
                null);
    }

    @Test
    void forItsTurnWhereNothingIsInItsWay() {
        Waits waits = waits(run(null, null, null), full("gpu", FREE));

        assertWait(waits, NEXT, DISPATCHED, Reason.TURN, "a worker should take it at once (3 of 4 slots busy)", null);
        assertWait(waits, NEXT, TaskState.WAITING, Reason.TURN, "it is sent next", null);
        assertWait(waits, AFTER, TaskState.WAITING, Reason.TURN, "2 tasks of its run go first", null);
    }

    @Test
    void forTheRedriveThatIsToTakeItUp() {
        RedriveTasks paced = new RedriveTasks(ID, 2, null, 50, 100);
        String turn = "the run's redrive takes it up in its turn: it has come to task 4";

        assertWait(
                waits(redriven(paced, null), fleet()),
                AFTER,
                settled(TaskStatus.FAILED),
                Reason.REDRIVE,
                turn + ", at 50 a second, as long as that has taken fewer than 100 tasks (3 so far)",
                null);
        assertWait(waits(redriven(ALL, null), fleet()), AFTER, settled(TaskStatus.FAILED), Reason.REDRIVE, turn, null);
        assertWait(
                waits(redriven(ALL, LATER), fleet()),
                AFTER,
                settled(TaskStatus.FAILED),
                Reason.REDRIVE,
                "the run's redrive takes it up from 2026-01-02T03:05:05Z on",
                LATER);
    }

    @Test
    void forNoRedriveThatLeavesItAsItIs() {
        Waits all = waits(redriven(ALL, null), fleet());
        Waits full = waits(redriven(new RedriveTasks(ID, 2, null, null, 3), null), fleet());
        TaskDemand before = new TaskDemand(CURSOR - 1, "echo", "default");

        assertThat(all.of(AFTER, settled(TaskStatus.SUCCEEDED))).isEmpty();
        assertThat(all.of(before, settled(before.index(), TaskStatus.FAILED))).isEmpty();
        assertThat(full.of(AFTER, settled(TaskStatus.FAILED))).isEmpty();
        assertThat(waits(run(null, null, null), fleet()).of(AFTER, settled(TaskStatus.FAILED)))
                .isEmpty();
    }

    @Test
    void forAQuotaWhileItRuns() {
        var running = new TaskState.Running("default", 1, 0, "w1", NOW, null, Duration.ofMillis(12_700));

        assertWait(
                waits(run(null, null, null), fleet()),
                NEXT,
                running,
                Reason.QUOTA,
                "its calls have waited 12 s for a quota",
                null);
    }

    @Test
    void forNothingWhileItRunsAndOnceItHasItsOutcome() {
        Waits waits = waits(run(null, null, null), fleet());

        assertThat(waits.of(NEXT, new TaskState.Running("default", 1, 0, "w1", NOW, null)))
                .isEmpty();
        assertThat(waits.of(NEXT, settled(TaskStatus.SUCCEEDED))).isEmpty();
    }

    private static void assertWait(
            Waits waits, TaskDemand task, TaskState state, Reason reason, String text, @Nullable Instant until) {
        assertThat(waits.of(task, state)).hasValue(new WaitsFor(reason, text, until));
        SEEN.add(reason);
    }

    private static void assertReason(Waits waits, TaskDemand task, TaskState state, Reason reason) {
        assertThat(waits.of(task, state).map(WaitsFor::reason)).hasValue(reason);
    }

    private static Waits waits(Run run, FleetSnapshot fleet) {
        return new Waits(run, NEXT, Set.of("default", "gpu"), fleet);
    }

    /** With ten tasks, two of them in flight, the fifth the next. */
    private static Run run(@Nullable Integer concurrency, @Nullable Instant heldUntil, @Nullable Stop stop) {
        RunOptions options = new RunOptions(concurrency, null, null, null, null, null).withDefaults();
        return new Run(
                new RunSpec(ID, "hash", null, null, options, NOW, null),
                null,
                new Intake(10, 0, "", 0, NOW, true, null),
                new Progress(CURSOR, Map.of("default", 2), Map.of(), 0, Counts.ZERO, 4, null, null, List.of()),
                heldUntil,
                List.of(),
                stop,
                null,
                null);
    }

    /** Its redrive has come to the fifth task and has taken up three. */
    private static Run redriven(RedriveTasks request, @Nullable Instant heldUntil) {
        Run run = run(null, heldUntil, null);
        return new Run(
                run.spec(),
                new Redrive(request, NOW, CURSOR, 3, false),
                run.intake(),
                run.progress(),
                heldUntil,
                List.of(),
                null,
                null,
                null);
    }

    private static TaskState settled(TaskStatus status) {
        return settled(AFTER.index(), status);
    }

    private static TaskState settled(int index, TaskStatus status) {
        TaskId id = new TaskId(ID, index);
        return new TaskState.Settled(
                new TaskOutcome(ID, id, 1, status, 1, "echo", null, null, null, null, null, NOW), 0);
    }

    private static TaskState backingOff(Instant retryAt) {
        return new TaskState.BackingOff(1, 1, retryAt, Failure.retryable("BUSY", "try later"), null);
    }

    private static FleetSnapshot fleet(WorkerHeartbeat... workers) {
        return new FleetSnapshot(List.of(workers), Set.of(), NOW);
    }

    private static FleetSnapshot full(String pool, WorkerHeartbeat... workers) {
        return new FleetSnapshot(List.of(workers), Set.of(pool), NOW);
    }

    private static WorkerHeartbeat worker(String pool, String agent, int busy, boolean draining) {
        return new WorkerHeartbeat(
                "w", "1", pool, List.of(new AgentInfo(agent, "1")), 4, busy, List.of(), List.of(), draining);
    }
}
