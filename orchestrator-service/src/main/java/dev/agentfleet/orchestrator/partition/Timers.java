package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.run.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The durable timers of a home partition, read in the order of their due times as the log's time goes on. A retry timer
 * stays stored until its task is dispatched: after a restart it fires again. All others are used up when they fire.
 */
final class Timers {

    private static final int MOST_PER_TICK = 1_000;

    private final RunStore store;
    private final Duration lease;
    /** Added for a time that was read already: the store will not bring them up again before a restart. */
    private final List<Timer> atOnce = new ArrayList<>();
    /** Every timer due until then was read. */
    private Instant readTo = Instant.EPOCH;
    /** No unread timer is due before. */
    private Instant next = Instant.EPOCH;

    Timers(RunStore store, Duration lease) {
        this.store = store;
        this.lease = lease;
    }

    /** Forgets what was read: the next tick starts from the store. */
    void restore() {
        atOnce.clear();
        readTo = Instant.EPOCH;
        List<Timer> first = store.timers(Instant.EPOCH, Instant.MAX, 1);
        next = first.isEmpty() ? Instant.MAX : first.getFirst().due();
    }

    boolean isEmpty() {
        return atOnce.isEmpty() && next.equals(Instant.MAX);
    }

    void retry(TaskId task, int attempt, Instant at) {
        add(new Timer(at, task.runId(), task.index(), Timer.Kind.RETRY, attempt));
    }

    void claim(TaskId task, int attempt, Instant now) {
        add(new Timer(now.plus(lease), task.runId(), task.index(), Timer.Kind.CLAIM, attempt));
    }

    /** The claim holds for now: look again then. */
    void claimAgain(Timer fired, Instant at) {
        add(new Timer(at, fired.runId(), fired.index(), Timer.Kind.CLAIM, fired.attempt()));
    }

    void queue(TaskId task, int attempt, Instant at) {
        add(new Timer(at, task.runId(), task.index(), Timer.Kind.QUEUE, attempt));
    }

    void earlyCancel(RunId id, Instant now) {
        add(new Timer(now.plus(Intake.PATIENCE), id, 0, Timer.Kind.EARLY_CANCEL, 0));
    }

    void remove(Timer timer) {
        store.remove(timer);
    }

    private void add(Timer set) {
        Timer timer = set.inWholeMillis();
        store.add(timer);
        if (!timer.due().isAfter(readTo)) {
            atOnce.add(timer);
        } else if (timer.due().isBefore(next)) {
            next = timer.due();
        }
    }

    /** The timers that need not wait for a tick. */
    List<Timer> atOnce() {
        if (atOnce.isEmpty()) {
            return List.of();
        }
        List<Timer> fired = used(new ArrayList<>(atOnce));
        atOnce.clear();
        return fired;
    }

    /** The timers that fire now. */
    List<Timer> due(Instant now) {
        List<Timer> due = new ArrayList<>();
        if (!next.isAfter(now)) {
            List<Timer> read = store.timers(readTo, now, MOST_PER_TICK);
            readTo = read.size() < MOST_PER_TICK ? now : read.getLast().due();
            List<Timer> following = store.timers(readTo, Instant.MAX, 1);
            next = following.isEmpty() ? Instant.MAX : following.getFirst().due();
            due.addAll(read);
        } else if (now.isAfter(readTo)) {
            readTo = now;
        }
        return used(due);
    }

    private List<Timer> used(List<Timer> fired) {
        for (Timer timer : fired) {
            if (timer.kind() != Timer.Kind.RETRY) {
                store.remove(timer);
            }
        }
        return fired;
    }
}
