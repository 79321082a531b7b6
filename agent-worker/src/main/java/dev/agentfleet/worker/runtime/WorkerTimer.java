package dev.agentfleet.worker.runtime;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one thread for everything that happens again and again. What it calls must not block. */
@Singleton
public final class WorkerTimer {

    private static final Logger LOG = Logger.getLogger(WorkerTimer.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("worker-timer").daemon().factory());

    /** Calls the action at once and then again and again; one that throws is called again all the same. */
    public void every(Duration interval, Runnable action) {
        Runnable guarded = () -> {
            try {
                action.run();
            } catch (Throwable thrown) {
                LOG.error("A repeated action failed; it will be tried again", thrown);
            }
        };
        executor.scheduleWithFixedDelay(guarded, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
}
