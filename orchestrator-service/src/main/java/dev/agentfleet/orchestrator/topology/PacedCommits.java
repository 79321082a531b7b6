package dev.agentfleet.orchestrator.topology;

import java.util.function.Consumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Asks for the commits of one stream task, at the pace of its thread. Not thread-safe. */
final class PacedCommits {

    private final ProcessorContext<byte[], byte[]> context;
    private final CommitPace pace;
    private final Consumer<Runnable> afterCommit;
    private @Nullable Cancellable next;

    PacedCommits(ProcessorContext<byte[], byte[]> context, CommitPace pace, Consumer<Runnable> afterCommit) {
        this.context = context;
        this.pace = pace;
        this.afterCommit = afterCommit;
    }

    /** A record, or some of the work that waits without one, is taken up. */
    void taken() {
        pace.taken();
    }

    /** What was taken up is done: asks for a commit now, or shortly. */
    void handled() {
        if (pace.handled()) {
            context.commit();
        } else if (next == null) {
            next = context.schedule(pace.untilNext(), PunctuationType.WALL_CLOCK_TIME, this::commit);
            afterCommit.accept(this::close);
        }
    }

    /** Streams keeps the schedule of a task it revives. */
    void close() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void commit(long wallMillis) {
        pace.asked();
        context.commit();
        close();
    }
}
