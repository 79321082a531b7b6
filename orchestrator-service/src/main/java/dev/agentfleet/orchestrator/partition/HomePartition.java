package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.RunPhase;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One home partition: everything that is true of its runs is decided here, by one thread at a time. Each call is one
 * step: what it changes in the store and what it puts in the outbox belong to one transaction. {@code now} is the
 * broker's time of the record that brings the news.
 */
public final class HomePartition implements TransitionListener {

    /** Tasks dispatched behind one record, so that no record waits long for the one before it. */
    private static final int DISPATCHES_PER_STEP = 64;

    private final RunStore store;
    private final RunTable runs;
    private final Timers timers;
    private final Alarms alarms = new Alarms();
    private final Leases leases;
    private final Duration grace;
    private final Dispatcher dispatcher;
    private final Placing placing;
    private final Census census;
    private final Slices slices;
    private final Redrives redrives;
    private final Purges purges;
    private final Transitions transitions;
    private final Requests requests;

    public HomePartition(Parts parts) {
        this.store = parts.store();
        this.runs = new RunTable(store);
        this.timers = new Timers(store, parts.lease());
        this.leases = new Leases(parts.workers(), parts.lease());
        this.grace = parts.grace();
        TaskSpecs specs = new TaskSpecs(store);
        this.dispatcher = new Dispatcher(parts, runs, specs, timers);
        this.placing = parts.placing();
        this.census = new Census(specs, parts.rules());
        this.slices = new Slices(store, runs);
        this.redrives = new Redrives(store, runs);
        this.purges = new Purges(store, runs, parts.retention());
        this.transitions = new Transitions(parts, runs, specs, timers, this);
        this.requests = new Requests(store, runs, transitions);
    }

    /** Takes up what the store holds: after the partition came to this owner. */
    public void restore() {
        timers.restore();
        leases.restore();
        alarms.clear();
        dispatcher.clear();
        census.clear();
        slices.clear();
        redrives.clear();
        requests.clear();
        purges.restore();
        store.forEachActive(id -> {
            Run run = Objects.requireNonNull(runs.get(id));
            dispatcher.restore(run);
            census.restore(run);
            alarms.set(run);
            requests.catchUp(id);
            if (run.stop() != null) {
                slices.stop(id);
            }
            if (run.isRedriving() && run.phase() != RunPhase.HELD) {
                redrives.add(id);
            }
        });
    }

    /** Ends its part in what it shares with other partitions: another owner has it now. */
    public void close() {
        dispatcher.withdraw();
        placing.withdraw();
    }

    /** @param trace what the run is to keep of its trace, where the request submits one; null when it is not traced */
    public void onRequest(RunId id, Request request, byte[] value, @Nullable String trace, Instant now) {
        leases.onNews(now);
        requests.handle(id, request, value, trace, now);
        endStep(now);
    }

    public void onReport(AttemptReport report, Instant now) {
        leases.onNews(now);
        transitions.task(report.taskId().runId(), report.taskId().index(), new TaskEvent.Reported(report), now);
        endStep(now);
    }

    /** The log's time has come to {@code now}: every record before the tick has been handled. */
    public void onTick(Instant now) {
        leases.onNews(now);
        for (Timer timer : timers.due(now)) {
            fire(timer, now);
        }
        alarms.ring(now, id -> onAlarm(id, now));
        purges.onTick(now);
        endStep(now);
    }

    /** Goes on with what no record brings forward. Returns whether there is more to do at once. */
    public boolean work(int most, Instant now) {
        boolean behind = requests.work(now);
        int done = slices.work(transitions, most, now);
        done += redrives.work(transitions, Math.max(0, most - done), now);
        fireAtOnce(now);
        done += dispatcher.fill(transitions, most - Math.min(done, most), now);
        purges.work(transitions, done > 0, now);
        runs.flush();
        return done >= most || behind || !slices.isEmpty();
    }

    /** Whether {@link #work} has, or may soon have, something to do that no record will bring forward. */
    public boolean hasBacklog() {
        return !slices.isEmpty()
                || !redrives.isEmpty()
                || !purges.isEmpty()
                || dispatcher.hasWaiting()
                || requests.isBehind();
    }

    /** Whether anything here waits for time to pass. */
    public boolean awaitsTime() {
        return !timers.isEmpty() || !alarms.isEmpty() || !slices.isEmpty() || !redrives.isEmpty() || !purges.isEmpty();
    }

    /** Whether finished runs wait for the end of their retention, for which the time need be told but seldom. */
    public boolean keepsRuns() {
        return purges.awaitsTime();
    }

    /** What there is to do now; may include what is not committed yet. */
    public HomeLoad load() {
        return census.load(dispatcher.dueRetries());
    }

    private void endStep(Instant now) {
        fireAtOnce(now);
        dispatcher.fill(transitions, DISPATCHES_PER_STEP, now);
        runs.flush();
    }

    private void fireAtOnce(Instant now) {
        for (Timer timer : timers.atOnce()) {
            fire(timer, now);
        }
    }

    private void fire(Timer timer, Instant now) {
        RunId id = timer.runId();
        switch (timer.kind()) {
            case RETRY -> retry(timer);
            case QUEUE -> checkQueue(timer, now);
            case EARLY_CANCEL -> store.putEarlyCancel(id, null);
            case CLAIM -> checkClaim(timer, now);
        }
    }

    private void retry(Timer timer) {
        TaskState state =
                runs.get(timer.runId()) == null ? TaskState.WAITING : store.task(timer.runId(), timer.index());
        if (state instanceof TaskState.BackingOff && state.attempt() == timer.attempt()) {
            dispatcher.retry(timer);
        } else {
            timers.remove(timer);
        }
    }

    private void checkQueue(Timer timer, Instant now) {
        RunId id = timer.runId();
        Run run = runs.get(id);
        boolean early = run != null
                && store.task(id, timer.index()) instanceof TaskState.Dispatched sent
                && sent.at().plus(run.queueLimit()).isAfter(now);
        // Set for a run that was purged since, if it comes early for the one that has the name now.
        if (!early) {
            transitions.task(id, timer.index(), new TaskEvent.QueueExpired(timer.attempt()), now);
        }
    }

    private void checkClaim(Timer timer, Instant now) {
        Run run = runs.get(timer.runId());
        if (run == null
                || !(store.task(timer.runId(), timer.index()) instanceof TaskState.Running running)
                || running.attempt() != timer.attempt()) {
            return;
        }
        RunId id = timer.runId();
        Duration timeout = transitions.timeoutOf(run, timer.index());
        Instant backstop =
                running.overdueAt(leases.granted(running.since()), timeout).plus(grace);
        Instant leaseEnd = leases.endOf(running.workerId(), running.since());
        if (!backstop.isAfter(now)) {
            transitions.task(id, timer.index(), new TaskEvent.BackstopReached(timer.attempt()), now);
        } else if (!leaseEnd.isAfter(now)) {
            lose(timer, running, TaskEvent.WorkerLost.How.SILENT, now);
        } else if (leases.isDropped(new TaskId(id, timer.index()), running, now)) {
            lose(timer, running, TaskEvent.WorkerLost.How.NOT_LISTED, now);
        } else {
            timers.claimAgain(timer, leaseEnd.isBefore(backstop) ? leaseEnd : backstop);
        }
    }

    private void lose(Timer claim, TaskState.Running running, TaskEvent.WorkerLost.How how, Instant now) {
        var lost = new TaskEvent.WorkerLost(claim.attempt(), running.workerId(), how);
        transitions.task(claim.runId(), claim.index(), lost, now);
    }

    private void onAlarm(RunId id, Instant now) {
        Run run = runs.get(id);
        if (run == null) {
            return;
        }
        if (!run.deadlineAt().isAfter(now)) {
            transitions.run(id, "", new RunEvent.DeadlinePassed(), now);
        } else if (!run.intake().sealed() && !run.intake().overdueAt().isAfter(now)) {
            transitions.run(id, "", new RunEvent.SealOverdue(), now);
        } else if (run.heldUntil() != null && !run.heldUntil().isAfter(now)) {
            transitions.run(id, "", new RunEvent.StartReached(), now);
        } else {
            Instant slice = run.sliceDueAt();
            if (slice != null && !slice.isAfter(now)) {
                slices.checkQueue(id);
            }
        }
        Run after = runs.get(id);
        if (after != null) {
            alarms.set(after);
        }
    }

    @Override
    public void moved(RunId id, TaskState before, TaskState after) {
        dispatcher.moved(id, before, after);
        Run run = Objects.requireNonNull(runs.get(id));
        census.moved(run, before, after);
        if (before instanceof TaskState.Waiting || run.completedAt() != null) {
            alarms.set(run);
        }
    }

    @Override
    public void changed(RunId id) {
        Run run = Objects.requireNonNull(runs.get(id));
        alarms.set(run);
        census.update(run);
        dispatcher.offer(id);
    }

    @Override
    public void redriving(RunId id) {
        redrives.add(id);
    }

    @Override
    public void stopping(RunId id) {
        slices.stop(id);
        dispatcher.stopping(id);
        if (Objects.requireNonNull(runs.get(id)).isRedriving()) {
            redrives.add(id);
        }
    }

    @Override
    public void ended(RunId id) {
        purges.ended(Objects.requireNonNull(runs.get(id)));
    }

    @Override
    public void purging(RunId id) {
        purges.add(id);
    }

    @Override
    public void purged(Run run) {
        dispatcher.forget(run.id());
    }
}
