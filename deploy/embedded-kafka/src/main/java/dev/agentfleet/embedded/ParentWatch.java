package dev.agentfleet.embedded;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Notices the end of the process that started this one. */
final class ParentWatch {
    private static final long INTERVAL_MILLIS = 250;

    private ParentWatch() {}

    /**
     * Runs {@code onEnd} once, on a daemon thread, within a second of the parent's end. It compares parents instead of
     * waiting for {@code onExit()}: an orphan gets another parent at once, while a dead parent nobody has reaped still
     * counts as alive, and {@code onExit()} of a process that is no child is polled at growing intervals.
     */
    static void start(Runnable onEnd) {
        var parent = ProcessHandle.current().parent();
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("parent-watch").factory());
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    if (!ProcessHandle.current().parent().equals(parent)) {
                        timer.shutdown();
                        onEnd.run();
                    }
                },
                INTERVAL_MILLIS,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
