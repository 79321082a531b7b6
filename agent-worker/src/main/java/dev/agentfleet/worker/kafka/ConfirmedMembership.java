package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.runtime.AssignmentRecord;
import dev.agentfleet.worker.runtime.Membership;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Doubts the membership when this process was not running for half a session, and until a commit that was sent after that has
 * succeeded: the group takes none of a member it has given up. See ADR 30.
 */
@Singleton
final class ConfirmedMembership implements Membership {

    /** A record that is lost while its attempt waits wakes nobody. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Ticker ticker;
    private final long limit;
    private volatile long ranAt;
    private volatile boolean certain = true;
    /** Rises with each standstill. */
    private int doubts;

    ConfirmedMembership(WorkerConfig config, Ticker ticker) {
        this.ticker = ticker;
        this.limit = config.sessionTimeout().dividedBy(2).toNanos();
        this.ranAt = ticker.nanos();
    }

    @Override
    public boolean isCertain() {
        long now = ticker.nanos();
        if (now - ranAt > limit) {
            doubt(now);
        }
        return certain;
    }

    /** Nobody may see a time that is new with a membership that is not in doubt yet. */
    private synchronized void doubt(long now) {
        if (now - ranAt > limit) {
            certain = false;
            doubts++;
            ranAt = now;
        }
    }

    /** To be called far more often than once in half a session, by whatever stands still with the process. */
    void run() {
        long now = ticker.nanos();
        if (now - ranAt > limit) {
            doubt(now);
        }
        ranAt = now;
    }

    /** What a commit that is sent now can confirm. */
    synchronized int doubts() {
        return doubts;
    }

    /** A commit succeeded that was sent when there were so many doubts. */
    synchronized void confirm(int resolved) {
        if (!certain && resolved == doubts) {
            certain = true;
            notifyAll();
        }
    }

    @Override
    public boolean keeps(AssignmentRecord record) throws InterruptedException {
        while (!isCertain() && record.isOurs()) {
            await();
        }
        return record.isOurs();
    }

    private synchronized void await() throws InterruptedException {
        if (!certain) {
            wait(LOOK_AGAIN.toMillis());
        }
    }
}
