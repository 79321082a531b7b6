package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run as a reader of {@code fleet.runs} sees it. Written by the follower's thread, read when the run has ended. */
final class FollowedRun {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;
    private static final int TENTHS = 10;

    private final RunId id;
    private final int tasks;
    private final long since;
    private final long[] tenthAt = new long[TENTHS + 1];
    private final CountDownLatch ended = new CountDownLatch(1);
    private int outcomes;
    private long endedAt;
    private @Nullable RunCompleted completed;

    /** @param since when its submission was due, in nanoseconds of the bench's clock */
    FollowedRun(RunId id, int tasks, long since) {
        this.id = id;
        this.tasks = tasks;
        this.since = since;
        tenthAt[0] = since;
    }

    RunId id() {
        return id;
    }

    void outcome(long at) {
        outcomes++;
        int tenth = (int) ((long) outcomes * TENTHS / tasks);
        if (tenth > 0 && tenth <= TENTHS && tenthAt[tenth] == 0) {
            tenthAt[tenth] = at;
        }
    }

    void completed(RunCompleted message, long at) {
        completed = message;
        endedAt = at;
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchException("run " + id + " did not end within " + PATIENCE.toMinutes() + " minutes");
        }
    }

    /** Waits for the end. A run that lost, repeated or failed a task is no measurement. */
    FollowedRun awaitSuccess() throws InterruptedException {
        awaitEnd();
        RunCompleted end = completed;
        if (end == null || end.counts().succeeded() != tasks || outcomes != tasks) {
            throw new BenchException("run " + id + " of " + tasks + " tasks ended with " + outcomes + " outcomes and "
                    + (end == null ? "a rejection" : end.counts()));
        }
        return this;
    }

    long nanos() {
        return endedAt - since;
    }

    double seconds() {
        return nanos() / NANOS;
    }

    /** How long the outcomes of that tenth of the tasks took to come, counted from 1. */
    double secondsOfTenth(int tenth) {
        return (tenthAt[tenth] - tenthAt[tenth - 1]) / NANOS;
    }
}
