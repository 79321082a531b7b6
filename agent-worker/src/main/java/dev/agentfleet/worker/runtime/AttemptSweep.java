package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.execution.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Tells every live attempt the time, 20 times a second: claims, timeouts and graces are late by at most that. It costs an
 * attempt that ends earlier nothing, which timers of its own would.
 */
@Singleton
public final class AttemptSweep {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final LiveAttempts live;
    private final Ticker ticker;
    private volatile long sweptAt;

    public AttemptSweep(LiveAttempts live, Ticker ticker) {
        this.live = live;
        this.ticker = ticker;
        this.sweptAt = ticker.nanos();
    }

    public void start(WorkerTimer timer) {
        timer.every(INTERVAL, this::sweep);
    }

    /** How long ago the last sweep ended. */
    public Duration age() {
        return Duration.ofNanos(ticker.nanos() - sweptAt);
    }

    void sweep() {
        live.tick(ticker.nanos());
        sweptAt = ticker.nanos();
    }
}
