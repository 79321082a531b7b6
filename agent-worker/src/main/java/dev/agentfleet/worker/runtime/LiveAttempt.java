package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.attempt.Verdict;
import dev.agentfleet.worker.config.Failpoint;
import dev.agentfleet.worker.execution.BoundAgent;
import dev.agentfleet.worker.execution.Execution;
import dev.agentfleet.worker.execution.ExecutionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One attempt until its result is durable and its code has ended; only then its slot is free. What its execution does is
 * told to the fleet here. Its records are acknowledged as soon as its claim or its result is durable: a claimed attempt's
 * life is a lease, not an offset. See ADR 24.
 */
final class LiveAttempt implements ExecutionListener {

    private static final long PROGRESS_EVERY = Duration.ofSeconds(1).toNanos();

    private final AttemptId id;
    private final TaskAssignment assignment;
    private final AttemptServices services;
    private final AttemptSpan span;
    private final Execution execution;
    private final RecordPosition position;
    private final List<AssignmentRecord> records = new ArrayList<>(1);

    private boolean claimed;
    private boolean passed;
    private boolean durable;
    private boolean ended;
    private boolean left;
    private long progressAt;

    /** On the thread that is going to {@link #run} it. */
    LiveAttempt(TaskAssignment assignment, AssignmentRecord record, AttemptServices services) {
        this.id = AttemptId.of(assignment);
        this.assignment = assignment;
        this.services = services;
        this.span = services.spans().begin(assignment, record);
        this.position = record.position();
        this.records.add(record);
        this.progressAt = services.ticker().nanos() - PROGRESS_EVERY;
        this.execution =
                new Execution(id, assignment.timeout(), assignment.budget(), services.times(), services.ticker(), this);
    }

    AttemptId id() {
        return id;
    }

    TaskAssignment assignment() {
        return assignment;
    }

    void run(BoundAgent agent) {
        services.journal().started(assignment, position);
        span.around(() -> execution.run(agent, assignment.input()));
    }

    /**
     * Runs its code once its claim is durable and the group's offset past its record: should it end this process, that counts
     * as an attempt, and its record ends no other worker.
     */
    void runClaimed(BoundAgent agent, AssignmentRecord record) {
        execution.claimFirst();
        try {
            awaitPassed();
            record.awaitCommitted();
        } catch (InterruptedException e) {
            // It was stopped: its execution knows, and does not begin.
        }
        if (execution.begin()) {
            run(agent);
        }
    }

    private synchronized void awaitPassed() throws InterruptedException {
        while (!passed) {
            wait();
        }
    }

    /** The same attempt was delivered again while it is here: it runs once and acknowledges both. */
    void join(AssignmentRecord again) {
        synchronized (this) {
            if (!passed) {
                records.add(again);
                return;
            }
        }
        again.acknowledge();
    }

    /** Claims it now if one of its records is of those partitions and not acknowledged yet. */
    void claimOf(Predicate<RecordPosition> givenUp) {
        if (isOf(givenUp)) {
            execution.claim();
        }
    }

    private synchronized boolean isOf(Predicate<RecordPosition> partitions) {
        return records.stream().map(AssignmentRecord::position).anyMatch(partitions);
    }

    void stop(StopCause cause) {
        execution.stop(cause);
    }

    void tick(long now) {
        execution.tick(now);
    }

    @Override
    public void claimDue() {
        claimed = true;
        services.slots().claim();
        services.journal().claimed(assignment, position);
        services.reporter().report(services.reports().claimed(id), span.traceparent(), this::onClaimed);
    }

    @Override
    public synchronized void progressed(double share, String note) {
        long now = services.ticker().nanos();
        if (now - progressAt >= PROGRESS_EVERY) {
            progressAt = now;
            services.reporter().report(services.reports().progress(id, share, note), span.traceparent(), () -> {});
        }
    }

    @Override
    public void waited(Duration total) {
        services.reporter().report(services.reports().waited(id, total), span.traceparent(), () -> {});
    }

    @Override
    public void threw(Throwable thrown) {
        services.journal().threw(assignment, position, thrown);
    }

    @Override
    public void concluded(Verdict verdict, Duration ran, @Nullable Cost cost) {
        services.journal().concluded(assignment, position, verdict, ran, cost);
        span.end(verdict);
        var report = services.reports().of(assignment, verdict, ran, cost);
        if (report == null) {
            onDurable();
        } else {
            services.failpoints().reached(Failpoint.BEFORE_RESULT);
            services.reporter().report(report, span.traceparent(), this::onReported);
        }
    }

    @Override
    public void overdue() {
        services.slots().lose();
        services.journal().lost(assignment, position);
    }

    @Override
    public void codeEnded(boolean late) {
        if (late) {
            services.slots().regain();
        }
        synchronized (this) {
            ended = true;
            leaveWhenDone();
        }
    }

    private void onClaimed() {
        services.failpoints().reached(Failpoint.AFTER_CLAIM);
        onPassed();
    }

    private void onReported() {
        services.failpoints().reached(Failpoint.AFTER_RESULT);
        onDurable();
    }

    private synchronized void onPassed() {
        passed = true;
        records.forEach(AssignmentRecord::acknowledge);
        records.clear();
        notifyAll();
    }

    private synchronized void onDurable() {
        onPassed();
        durable = true;
        leaveWhenDone();
    }

    private void leaveWhenDone() {
        if (durable && ended && !left) {
            left = true;
            services.live().remove(this);
            services.slots().free(claimed);
        }
    }
}
