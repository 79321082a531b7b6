package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.AttemptReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Keeps reports; they become durable when the test says so. */
final class RecordingReporter implements AttemptReporter {

    final List<AttemptReport> reports = new ArrayList<>();
    /** The trace of each. */
    final List<Optional<String>> traces = new ArrayList<>();

    private final Queue<Runnable> pending = new ArrayDeque<>();

    @Override
    public synchronized void report(AttemptReport report, @Nullable String trace, Runnable onDurable) {
        reports.add(report);
        traces.add(Optional.ofNullable(trace));
        pending.add(onDurable);
    }

    void makeDurable() {
        Runnable next;
        while ((next = poll()) != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable poll() {
        return pending.poll();
    }

    synchronized List<String> names() {
        return reports.stream().map(report -> report.getClass().getSimpleName()).toList();
    }
}
