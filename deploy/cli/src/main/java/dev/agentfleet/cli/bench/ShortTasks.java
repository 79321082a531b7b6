package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Submits small batches of one kind of task at an even pace, on a thread of its own. */
final class ShortTasks implements AutoCloseable {
    private static final int BATCHES_PER_SECOND = 10;

    private final BenchFleet fleet;
    private final Payload input;
    private final int perBatch;
    private final Queue<FollowedRun> runs = new ConcurrentLinkedQueue<>();
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    private ShortTasks(BenchFleet fleet, Payload input, int perSecond) {
        this.fleet = fleet;
        this.input = input;
        this.perBatch = Math.max(1, perSecond / BATCHES_PER_SECOND);
        this.thread = Thread.ofPlatform().name("short-tasks").daemon().unstarted(this::submit);
    }

    static ShortTasks start(BenchFleet fleet, Payload input, int perSecond) {
        var tasks = new ShortTasks(fleet, input, perSecond);
        tasks.thread.start();
        return tasks;
    }

    /** Submits nothing more and waits until every task has succeeded. */
    void awaitSuccess() throws InterruptedException {
        close();
        for (FollowedRun run : runs) {
            var _ = run.awaitSuccess();
        }
    }

    /** When each run was submitted. */
    Map<String, Instant> due() {
        return Map.copyOf(due);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void submit() {
        var pace = new Pace(fleet.time(), BATCHES_PER_SECOND);
        pace.start();
        try {
            for (int i = 0; !stopping; i++) {
                pace.await(i);
                Instant now = fleet.time().instant();
                FollowedRun run = fleet.submitOne("sleep", input, perBatch);
                due.put(run.id().value(), now);
                runs.add(run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
