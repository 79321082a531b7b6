package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.config.WorkerConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How many attempts this worker runs at once, and whether it takes more. */
@Singleton
public final class Slots {

    private final int total;
    private int busy;
    private int lost;
    private int claimed;
    private long taken;
    private boolean draining;
    private boolean hurried;
    private Runnable onFree = () -> {};

    public Slots(WorkerConfig config) {
        this.total = config.slots();
    }

    public int total() {
        return total;
    }

    /** Slots taken, the lost ones among them. */
    public synchronized int busy() {
        return busy;
    }

    /** Slots held by code that does not stop. */
    public synchronized int lost() {
        return lost;
    }

    /** How often a slot was taken. */
    public synchronized long taken() {
        return taken;
    }

    public synchronized boolean draining() {
        return draining;
    }

    /** What is called, on any thread, whenever one more attempt may be taken. */
    public synchronized void onFree(Runnable action) {
        onFree = action;
    }

    /** Whether every slot is held by a claimed attempt, and more would be taken if one were free. */
    synchronized boolean allClaimed() {
        return claimed >= total && !draining;
    }

    /** An attempt on a slot was claimed. */
    synchronized void claim() {
        claimed++;
    }

    /** Takes a slot; false, and nothing taken, when none is free or the worker drains. */
    synchronized boolean take() {
        if (draining || busy >= total) {
            return false;
        }
        busy++;
        taken++;
        return true;
    }

    void free() {
        free(false);
    }

    /** @param wasClaimed whether its attempt was claimed */
    void free(boolean wasClaimed) {
        Runnable next;
        synchronized (this) {
            busy--;
            claimed -= wasClaimed ? 1 : 0;
            notifyAll();
            next = draining ? () -> {} : onFree;
        }
        next.run();
    }

    synchronized void lose() {
        lost++;
        notifyAll();
    }

    synchronized void regain() {
        lost--;
    }

    synchronized void drain() {
        draining = true;
    }

    /** No attempt is waited for any longer, now or later, but for those that were told to stop. */
    synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    /**
     * Waits until no slot is taken but the lost ones; false when that took longer than the budget, or when there is no time
     * for it.
     */
    synchronized boolean awaitIdle(Duration budget) throws InterruptedException {
        return await(() -> busy <= lost || hurried, budget) && busy <= lost;
    }

    /** The same, however much hurry there is. */
    synchronized boolean awaitIdleToTheEnd(Duration budget) throws InterruptedException {
        return await(() -> busy <= lost, budget);
    }

    private boolean await(BooleanSupplier condition, Duration budget) throws InterruptedException {
        long end = System.nanoTime() + budget.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
