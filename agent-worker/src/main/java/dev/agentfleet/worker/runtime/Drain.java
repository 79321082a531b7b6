package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.config.WorkerConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Ends the worker's attempts: what can finish within the budget finishes, the rest is stopped and given back. */
@Singleton
public final class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** For the results of stopped attempts to become durable. */
    private static final Duration DURABILITY = Duration.ofSeconds(10);

    private final Slots slots;
    private final LiveAttempts live;
    private final WorkerConfig config;

    public Drain(Slots slots, LiveAttempts live, WorkerConfig config) {
        this.slots = slots;
        this.live = live;
        this.config = config;
    }

    /** From now on nothing is taken. */
    public void begin() {
        slots.drain();
    }

    /** Ends the budget now. Any thread, at any time. */
    public void hurry() {
        slots.hurry();
    }

    /** Returns when all results are durable, or when no more can be done; that is logged then. */
    public void finish() throws InterruptedException {
        LOG.infof("Draining: busy=%d budget=%s", slots.busy(), config.drainBudget());
        if (!slots.awaitIdle(config.drainBudget())) {
            LOG.infof("The drain budget is over: busy=%d are stopped and given back", slots.busy());
            live.stopAll(StopCause.DRAIN);
            slots.awaitIdleToTheEnd(config.stopGrace().plus(DURABILITY));
        }
        if (slots.busy() > 0) {
            LOG.warnf("Leaving with busy=%d: what was not acknowledged runs again elsewhere", slots.busy());
        } else {
            LOG.info("Drained");
        }
    }
}
