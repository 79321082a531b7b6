package dev.agentfleet.cli.time;

import java.time.Duration;
import java.time.InstantSource;

/** The clock, and waiting by it. */
public interface Time extends InstantSource {
    void sleep(Duration duration) throws InterruptedException;
}
