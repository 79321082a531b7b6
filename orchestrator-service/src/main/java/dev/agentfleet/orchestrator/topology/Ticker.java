package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Tick;
import java.time.Duration;

/**
 * Asks for time: sends the next tick once the last one has come back through the log. While the log stands still no tick
 * comes back, and so no time passes.
 */
final class Ticker {

    private static final Duration PAUSE = Duration.ofMillis(150);
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

    void ask(long wallMillis) {
        ask(wallMillis, PAUSE);
    }

    /**
     * @param wallMillis only paces the sending; what counts is the tick's broker time
     * @param pause between two ticks
     */
    void ask(long wallMillis, Duration pause) {
        if (sent == 0) {
            // Far above whatever an earlier owner of the partition has counted to.
            sent = wallMillis;
            seen = wallMillis;
        }
        long due = seen == sent ? pause.toMillis() : Math.max(pause.toMillis(), LOST_MILLIS);
        if (wallMillis - lastSentMillis >= due) {
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
