package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.execution.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives back, unstarted, what waits for a slot while claimed attempts hold all of them: another worker may be idle. For that
 * one record more is asked for than there are free slots; one that comes when it is not to be given back is held until it is, or
 * until a slot is free. Thread-safe. See ADR 26.
 */
@Singleton
public final class Surplus {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Slots slots;
    private final AssignmentReceiver receiver;
    private final Ticker ticker;
    private final Patience patience;
    private Runnable request = () -> {};
    /** The record more was asked for and has not come. */
    private boolean asked;
    /** What comes until the next look is given back. */
    private boolean giving;

    private @Nullable AssignmentRecord held;

    Surplus(Slots slots, AssignmentReceiver receiver, WorkerConfig config, Ticker ticker) {
        this.slots = slots;
        this.receiver = receiver;
        this.ticker = ticker;
        this.patience = new Patience(config.patience());
    }

    /** @param action asks for one record; may be called on any thread */
    public synchronized void onRequest(Runnable action) {
        request = action;
    }

    public void start(WorkerTimer timer) {
        timer.every(LOOK, () -> look(ticker.nanos()));
    }

    void look(long now) {
        if (slots.draining()) {
            // Now, while reports still leave; what comes later is left alone.
            stopGiving();
            giveBackHeld(_ -> true);
            return;
        }
        boolean ended = patience.ends(slots.allClaimed(), now);
        AssignmentRecord first;
        synchronized (this) {
            giving = ended;
            if (!ended || asked) {
                return;
            }
            first = held;
            if (first == null) {
                asked = true;
            } else {
                held = null;
            }
        }
        if (first == null) {
            request.run();
        } else {
            giveBack(first);
        }
    }

    /** A slot is free: what is held gets it, or else what comes next. */
    public void onFreeSlot() {
        AssignmentRecord next;
        synchronized (this) {
            next = held;
            held = null;
            if (next == null && asked) {
                asked = false;
                return;
            }
        }
        if (next == null) {
            request.run();
        } else if (next.isOurs()) {
            receiveOrLeave(next);
        } else {
            request.run();
        }
    }

    /** A record came for which there was no slot. While the worker drains it is left alone: its partition's next owner gets it. */
    public void onNoSlot(AssignmentRecord record) {
        if (slots.draining()) {
            record.leave();
            return;
        }
        synchronized (this) {
            if (asked) {
                asked = false;
                if (!giving) {
                    held = record;
                    return;
                }
            } else {
                // The slot that got free in between was to be its own.
                receiveOrLeave(record);
                return;
            }
        }
        giveBack(record);
    }

    /** Its partition is given up: what is held of it would only hold that up. */
    public void giveBackOf(Predicate<RecordPosition> givenUp) {
        if (!slots.draining()) {
            giveBackHeld(givenUp);
        }
    }

    private synchronized void stopGiving() {
        giving = false;
    }

    private void giveBackHeld(Predicate<RecordPosition> which) {
        AssignmentRecord record;
        synchronized (this) {
            record = held;
            if (record == null || !which.test(record.position())) {
                return;
            }
            held = null;
        }
        boolean _ = record.isOurs() && receiver.giveBack(record);
    }

    private void giveBack(AssignmentRecord record) {
        if (record.isOurs() && !receiver.giveBack(record)) {
            hold(record);
            return;
        }
        synchronized (this) {
            asked = true;
        }
        request.run();
    }

    private void receiveOrLeave(AssignmentRecord record) {
        if (!receiver.receive(record)) {
            record.leave();
        }
    }

    private synchronized void hold(AssignmentRecord record) {
        held = record;
    }
}
