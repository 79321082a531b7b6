package dev.agentfleet.testkit;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.execution.AttemptTimes;
import dev.agentfleet.worker.execution.BoundAgent;
import dev.agentfleet.worker.execution.Execution;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An attempt under way on a thread of its own. Time passes for it as usual, and faster with {@link #elapse}. */
public final class StartedAttempt {

    private static final Duration STOP_GRACE = Duration.ofSeconds(2);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final long CHECK_MILLIS = 10;

    private final AtomicLong skipped = new AtomicLong();
    private final Recorder recorder = new Recorder();
    private final CompletableFuture<Execution> execution = new CompletableFuture<>();

    private StartedAttempt() {}

    static StartedAttempt start(BoundAgent agent, AttemptId id, Duration timeout, Payload input) {
        var started = new StartedAttempt();
        Thread.ofVirtual().name("attempt").start(() -> started.run(agent, id, timeout, input));
        Thread.ofVirtual().name("attempt-time").start(started::keepTime);
        return started;
    }

    /** Cancels its run: the thread is interrupted, or the {@code Uni} cancelled, and cancel actions start. */
    public void cancel() {
        execution.join().stop(StopCause.CANCEL);
    }

    /** Lets time pass for the attempt at once: what remains of its timeout shrinks by so much. */
    public void elapse(Duration time) {
        // Time that passed before the attempt began would not count for it.
        Execution own = execution.join();
        skipped.addAndGet(time.toNanos());
        own.tick(now());
    }

    /** What it reported so far. */
    public List<ReportedProgress> progress() {
        return recorder.progress();
    }

    /** Whether it is still under way. */
    public boolean isRunning() {
        return !recorder.hasEnded();
    }

    /** Waits for its end: at the latest two seconds after its timeout, when its code does not stop. */
    public EndedAttempt awaitEnd() throws InterruptedException {
        return recorder.await();
    }

    private void run(BoundAgent agent, AttemptId id, Duration timeout, Payload input) {
        var own = new Execution(id, timeout, AttemptTimes.of(NEVER, STOP_GRACE), this::now, recorder);
        execution.complete(own);
        own.run(agent, input);
    }

    private void keepTime() {
        Execution own = execution.join();
        try {
            while (!recorder.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                own.tick(now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        return System.nanoTime() + skipped.get();
    }
}
