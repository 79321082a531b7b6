package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;

/**
 * When a claim's worker must be taken for lost. A lease counts from the last heartbeat, the claim, or the moment from
 * which this owner could have heard of the worker, whichever is latest: time during which the log stood still, or had
 * another owner, expires nobody.
 */
final class Leases {

    /** Records further apart than this, while ticks are asked for, mean that the log stood still. */
    private static final Duration STANDSTILL = Duration.ofSeconds(2);

    /** Two brokers write a worker's heartbeats and its results, each by its own clock. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final WorkerWatch workers;
    private final Duration lease;
    private Instant lastNews = Instant.MIN;
    private Instant grantedAt = Instant.MIN;

    Leases(WorkerWatch workers, Duration lease) {
        this.workers = workers;
        this.lease = lease;
    }

    void restore() {
        lastNews = Instant.MIN;
        grantedAt = Instant.MIN;
    }

    /** A record of the partition was read. */
    void onNews(Instant now) {
        if (lastNews.equals(Instant.MIN) || lastNews.plus(STANDSTILL).isBefore(now)) {
            grantedAt = now;
        }
        lastNews = now;
    }

    /** When the lease ends if nothing more is heard of the worker. */
    Instant endOf(String workerId, Instant claimedAt) {
        Instant heard = workers.lastHeard(workerId);
        return granted(heard != null && heard.isAfter(claimedAt) ? heard : claimedAt)
                .plus(lease);
    }

    /**
     * Whether the owner's heartbeats say that it no longer has the attempt. What it wrote before them has been read: up to
     * {@code now}, this partition has.
     */
    boolean isDropped(TaskId task, TaskState.Running running, Instant now) {
        return workers.hasDropped(
                running.workerId(), task, running.attempt(), running.since(), now.minus(CLOCKS_DIFFER));
    }

    /** From when on time counts that began to run at the given moment. */
    Instant granted(Instant from) {
        return from.isAfter(grantedAt) ? from : grantedAt;
    }
}
