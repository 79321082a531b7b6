package dev.agentfleet.cli;

import dev.agentfleet.cli.time.Time;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only by sleeping. */
public final class DrivenTime implements Time {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanos() {
        return java.util.concurrent.TimeUnit.MILLISECONDS.toNanos(instant().toEpochMilli());
    }

    @Override
    public void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
