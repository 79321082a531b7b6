package dev.agentfleet.cli.time;

import java.time.Duration;
import java.time.Instant;

/** The machine's clock. */
public final class SystemTime implements Time {
    public static final SystemTime INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
