package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Tick;

/**
 * Asks for time: sends the next tick once the last one has come back through the log. While the log stands still no tick
 * comes back, and so no time passes.
 */
final class Ticker {

    private static final long PAUSE_MILLIS = 150;
    /** A tick that has not come back by then may be lost: another one is sent. */
    private static final long LOST_MILLIS = 5_000;

    private final TickSender sender;
    private final int partition;
    private long sent;
    private long seen;
    private long lastSentMillis;

    Ticker(TickSender sender, int partition) {
        this.sender = sender;
        this.partition = partition;
    }

    /** @param wallMillis only paces the sending; what counts is the tick's broker time */
    void ask(long wallMillis) {
        if (sent == 0) {
            // Far above whatever an earlier owner of the partition has counted to.
            sent = wallMillis;
            seen = wallMillis;
        }
        if (wallMillis - lastSentMillis >= (seen == sent ? PAUSE_MILLIS : LOST_MILLIS)) {
            sent++;
            lastSentMillis = wallMillis;
            sender.send(partition, new Tick(sent));
        }
    }

    /** Whether the tick is one this owner sent and has not seen; an earlier owner's is not. */
    boolean isOwn(Tick tick) {
        if (tick.number() > seen && tick.number() <= sent) {
            seen = tick.number();
            return true;
        }
        return false;
    }
}
