package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.TaskOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The outcomes of one run for one client, in the order of their commits, from the moment it began to follow. A client that
 * takes them too slowly gets no more of them: what waits for it is bounded. Thread-safe.
 */
public final class OutcomeFeed implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final long MOST_CHARS = 2_000_000;

    private final Runnable onClose;
    private final Deque<TaskOutcome> waiting = new ArrayDeque<>();
    private long chars;
    private boolean lost;

    OutcomeFeed(Runnable onClose) {
        this.onClose = onClose;
    }

    synchronized void add(TaskOutcome outcome) {
        if (lost) {
            return;
        }
        chars += outcome.output() == null ? 0 : outcome.output().json().length();
        waiting.add(outcome);
        if (waiting.size() > MOST_WAITING || chars > MOST_CHARS) {
            lost = true;
            waiting.clear();
        }
        notifyAll();
    }

    /** What has come since the last call; waits for something until the time is over. */
    public synchronized List<TaskOutcome> take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); waiting.isEmpty() && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        List<TaskOutcome> taken = new ArrayList<>(waiting);
        waiting.clear();
        chars = 0;
        return taken;
    }

    /** Whether outcomes were dropped because the client was too slow; no more come then. */
    public synchronized boolean isLost() {
        return lost;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
