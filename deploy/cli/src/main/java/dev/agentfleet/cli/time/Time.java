package dev.agentfleet.cli.time;

import java.time.Duration;
import java.time.InstantSource;

/** The clock, and waiting by it. */
public interface Time extends InstantSource {
    /** A clock that only tells how long something took. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
