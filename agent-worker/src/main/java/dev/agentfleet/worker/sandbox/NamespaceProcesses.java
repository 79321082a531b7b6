package dev.agentfleet.worker.sandbox;

import java.util.concurrent.TimeUnit;

/**
 * All processes of one sandbox. Its first one is the only child of the process that was started; when it ends the kernel
 * kills the others, and only then does the one that was started learn of it and end. So the end of that one is the end of all.
 */
final class NamespaceProcesses {

    private static final int PATIENCE_MILLIS = 5_000;

    private final Process monitor;

    NamespaceProcesses(Process monitor) {
        this.monitor = monitor;
    }

    /** Returns when they have ended. */
    void kill() {
        if (!monitor.isAlive()) {
            return;
        }
        // While it is set up it may have no child yet, and take its child with it.
        boolean hadFirst =
                monitor.children().map(ProcessHandle::destroyForcibly).reduce(false, Boolean::logicalOr);
        if (!hadFirst) {
            monitor.destroyForcibly();
        }
        if (!ended()) {
            monitor.destroyForcibly();
            ended();
        }
    }

    // Interrupts must not end the killing.
    private boolean ended() {
        return monitor.onExit()
                .thenApply(_ -> true)
                .completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
