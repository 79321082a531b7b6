package dev.agentfleet.worker.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The broker's time, as far as this worker has evidence of it. */
@FunctionalInterface
public interface BrokerClock {

    /** A time the broker's clock has certainly reached; null without evidence. Never later than the true time. */
    @Nullable
    Instant reached();
}
