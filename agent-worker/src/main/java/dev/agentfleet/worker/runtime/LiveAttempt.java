package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.worker.attempt.AttemptEffect.Claim;
import dev.agentfleet.worker.attempt.AttemptEffect.Conclude;
import dev.agentfleet.worker.attempt.AttemptEffect.StopCode;
import dev.agentfleet.worker.attempt.AttemptEvent;
import dev.agentfleet.worker.attempt.AttemptEvent.ClaimDue;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeFailed;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeReturned;
import dev.agentfleet.worker.attempt.AttemptEvent.GracePassed;
import dev.agentfleet.worker.attempt.AttemptEvent.StopRequested;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.AttemptLife;
import dev.agentfleet.worker.attempt.AttemptState;
import dev.agentfleet.worker.attempt.AttemptState.Ended;
import dev.agentfleet.worker.attempt.AttemptState.Overdue;
import dev.agentfleet.worker.attempt.AttemptState.Running;
import dev.agentfleet.worker.attempt.AttemptState.Stopping;
import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.attempt.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt from the start of its code until its result is durable and the code has ended; only then its slot is free.
 * Every change happens under its lock, effects included: that keeps a claim before the result.
 */
final class LiveAttempt {

    /** Code may swallow an interrupt, or retry after it; so it is repeated until the code ends. */
    private static final long INTERRUPT_AGAIN = Duration.ofSeconds(1).toNanos();

    private static final long PROGRESS_EVERY = Duration.ofSeconds(1).toNanos();

    private final AttemptId id;
    private final TaskAssignment assignment;
    private final AttemptServices services;
    private final AttemptContext context;
    private final AttemptSpan span;
    private final Thread thread;
    private final List<AssignmentRecord> records = new ArrayList<>(1);
    private final long startedAt;
    private final long timeoutAt;

    private AttemptState state = AttemptLife.STARTED;
    private boolean durable;
    private boolean left;
    private long interruptedAt;
    private long stopRequestedAt;
    private long progressAt;
    /** Read without the lock: before it, no tick can mean anything. */
    private volatile long nextTick;

    /** On the thread that is going to {@link #run} it. */
    LiveAttempt(TaskAssignment assignment, AssignmentRecord record, AttemptServices services) {
        this.id = AttemptId.of(assignment);
        this.assignment = assignment;
        this.services = services;
        this.context = new AttemptContext(id, this);
        this.span = services.spans().begin(assignment, record);
        this.thread = Thread.currentThread();
        this.records.add(record);
        this.startedAt = services.ticker().nanos();
        this.timeoutAt = startedAt + AttemptTimes.nanos(assignment.timeout());
        this.progressAt = startedAt - PROGRESS_EVERY;
        this.nextTick = earlier(timeoutAt, startedAt + services.times().claimAfter());
    }

    AttemptId id() {
        return id;
    }

    TaskAssignment assignment() {
        return assignment;
    }

    /** Whatever the agent throws ends the attempt and nothing else. */
    void run(BoundAgent agent) {
        AttemptEvent ending;
        try {
            ending = new CodeReturned(span.around(() -> agent.run(assignment.input(), context)));
        } catch (Throwable thrown) {
            services.journal().threw(assignment, thrown);
            ending = new CodeFailed(ThrownFailure.of(thrown));
        }
        handle(ending);
    }

    /** The same attempt was delivered again while it is here: it runs once and acknowledges both. */
    void join(AssignmentRecord again) {
        synchronized (this) {
            if (!durable) {
                records.add(again);
                return;
            }
        }
        again.acknowledge();
    }

    void stop(StopCause cause) {
        handle(new StopRequested(cause));
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, timeoutAt - services.ticker().nanos()));
    }

    synchronized void progress(double share, String note) {
        long now = services.ticker().nanos();
        if (state instanceof Running && now - progressAt >= PROGRESS_EVERY) {
            progressAt = now;
            services.reporter().report(services.reports().progress(id, share, note), span.traceparent(), () -> {});
        }
    }

    /** Time has passed. Called often. */
    void tick(long now) {
        if (now - nextTick >= 0) {
            onTick(now);
        }
    }

    private synchronized void onTick(long now) {
        switch (state) {
            case Running _ when now - timeoutAt >= 0 -> handle(new StopRequested(StopCause.TIMEOUT));
            case Running _ -> handle(new ClaimDue());
            case Stopping _
            when now - (stopRequestedAt + services.times().stopGrace()) >= 0 -> {
                handle(new GracePassed());
                interrupt(now);
            }
            case Stopping _, Overdue _ -> interrupt(now);
            case Ended _ -> {}
        }
    }

    private synchronized void handle(AttemptEvent event) {
        var before = state;
        var decision = AttemptLife.decide(before, event);
        state = decision.next();
        for (var effect : decision.effects()) {
            switch (effect) {
                case Claim() -> claim();
                case StopCode() -> stopCode();
                case Conclude(var verdict) -> conclude(verdict);
            }
        }
        if (state instanceof Overdue && !(before instanceof Overdue)) {
            services.slots().lose();
            services.journal().lost(assignment);
        }
        if (state instanceof Ended && !(before instanceof Ended)) {
            if (before instanceof Overdue) {
                services.slots().regain();
            }
            leaveWhenDone();
        }
    }

    private void claim() {
        nextTick = timeoutAt;
        services.journal().claimed(assignment);
        services.reporter().report(services.reports().claimed(id), span.traceparent(), () -> {});
    }

    private void stopCode() {
        stopRequestedAt = services.ticker().nanos();
        context.cancel();
        interrupt(stopRequestedAt);
    }

    /** Only while the code runs: the thread is not interrupted when it has gone on to something else. */
    private void interrupt(long now) {
        if (now == stopRequestedAt || now - interruptedAt >= INTERRUPT_AGAIN) {
            interruptedAt = now;
            thread.interrupt();
        }
        long graceAt = stopRequestedAt + services.times().stopGrace();
        nextTick = state instanceof Stopping && now - graceAt < 0
                ? earlier(graceAt, interruptedAt + INTERRUPT_AGAIN)
                : interruptedAt + INTERRUPT_AGAIN;
    }

    private void conclude(Verdict verdict) {
        var ran = Duration.ofNanos(services.ticker().nanos() - startedAt);
        services.journal().concluded(assignment, verdict, ran);
        span.end(verdict);
        var report = services.reports().of(assignment, verdict, ran);
        if (report == null) {
            onDurable();
        } else {
            services.reporter().report(report, span.traceparent(), this::onDurable);
        }
    }

    private synchronized void onDurable() {
        durable = true;
        records.forEach(AssignmentRecord::acknowledge);
        leaveWhenDone();
    }

    private void leaveWhenDone() {
        if (durable && state instanceof Ended && !left) {
            left = true;
            services.live().remove(this);
            services.slots().free();
        }
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
