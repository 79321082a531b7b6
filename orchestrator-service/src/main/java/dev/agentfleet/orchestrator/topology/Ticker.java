package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Tick;

/**
 * Asks for time: sends the next tick once the last one has come back through the log. While the log stands still no tick
 * comes back, and so no time passes.
 */
final class Ticker {

    private static final long PAUSE_MILLIS = 200;

    private final StreamsOutbox outbox;
    private final int partition;
    private long sent;
    private long seen;
    private long lastSentMillis;

    Ticker(StreamsOutbox outbox, int partition) {
        this.outbox = outbox;
        this.partition = partition;
    }

    /** @param wallMillis only paces the sending; what counts is the tick's broker time */
    void ask(long wallMillis) {
        if (seen == sent && wallMillis - lastSentMillis >= PAUSE_MILLIS) {
            sent++;
            lastSentMillis = wallMillis;
            outbox.tick(partition, new Tick(sent));
        }
    }

    /** Whether the tick is the last one this owner sent; an earlier owner's is not. */
    boolean isOwn(Tick tick) {
        if (tick.number() == sent) {
            seen = sent;
            return true;
        }
        return false;
    }
}
