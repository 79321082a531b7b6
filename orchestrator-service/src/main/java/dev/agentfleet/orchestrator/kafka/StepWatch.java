package dev.agentfleet.orchestrator.kafka;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Interrupts the thread that made it when one of its steps takes too long: for steps that may wait for a stranger for ever.
 * After the step the thread is not interrupted any more.
 */
final class StepWatch implements AutoCloseable {

    private final Thread watched = Thread.currentThread();
    private final long most;
    private long began;
    private boolean stepping;
    private boolean overdue;
    private boolean closed;

    /** @param most how long a step may take; one that takes twice as long has been interrupted */
    StepWatch(Duration most) {
        this.most = most.toMillis();
        Thread.ofVirtual().name("step-watch").start(this::watch);
    }

    /** Takes a step. Only the thread that made the watch calls this. */
    boolean step(BooleanSupplier step) {
        begin();
        try {
            return step.getAsBoolean();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        began = System.nanoTime();
        stepping = true;
    }

    private synchronized void end() {
        stepping = false;
        if (overdue) {
            // The interrupt was for the step alone, whether or not it noticed.
            overdue = false;
            var _ = Thread.interrupted();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized void watch() {
        try {
            while (!closed) {
                long left = stepping ? most - (System.nanoTime() - began) / 1_000_000 : most;
                if (left > 0) {
                    wait(left);
                } else {
                    overdue = true;
                    stepping = false;
                    watched.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
