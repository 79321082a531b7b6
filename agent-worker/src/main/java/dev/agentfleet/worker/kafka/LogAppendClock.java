package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.runtime.BrokerClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The broker's time by the times it gave to records, carried on by our own elapsed time. Such a time was true before we
 * heard of it, so the sum never runs ahead of the broker, however this machine's wall clock is set.
 */
@Singleton
final class LogAppendClock implements BrokerClock {

    private record Evidence(Instant appended, long heardAt) {}

    private final Ticker ticker;
    private volatile @Nullable Evidence latest;

    LogAppendClock(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public @Nullable Instant reached() {
        Evidence evidence = latest;
        return evidence == null ? null : evidence.appended().plusNanos(ticker.nanos() - evidence.heardAt());
    }

    /** The broker has just appended a record at this time of its own. */
    void heard(Instant appended) {
        latest = new Evidence(appended, ticker.nanos());
    }
}
