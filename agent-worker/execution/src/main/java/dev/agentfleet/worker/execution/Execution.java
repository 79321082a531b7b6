package dev.agentfleet.worker.execution;

import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.worker.attempt.AttemptEffect.Claim;
import dev.agentfleet.worker.attempt.AttemptEffect.Conclude;
import dev.agentfleet.worker.attempt.AttemptEffect.StopCode;
import dev.agentfleet.worker.attempt.AttemptEvent;
import dev.agentfleet.worker.attempt.AttemptEvent.ClaimDue;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeFailed;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeReturned;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeUnavailable;
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
import org.jspecify.annotations.Nullable;

/**
 * The code of one attempt on its thread, from its start until it has ended. Time passes for it only by {@link #tick}. Every change happens under its lock, the
 * listener's calls included: that keeps a claim before the result.
 */
public final class Execution {

    /** Code may swallow an interrupt, or retry after it; so it is repeated until the code ends. */
    private static final long INTERRUPT_AGAIN = Duration.ofSeconds(1).toNanos();

    /** Never reported: an attempt that was stopped ends with what stopped it. */
    private static final Failure NOT_STARTED = Failure.retryable(FailureCode.AGENT_ERROR, "It was not started");

    private final AttemptTimes times;
    private final Ticker ticker;
    private final ExecutionListener listener;
    private final AttemptContext context;
    private final Thread thread;
    private final AttemptDeadline deadline;

    private AttemptState state = AttemptLife.STARTED;
    private @Nullable Cost cost;
    private boolean claimed;
    private long interruptedAt;
    private long stopRequestedAt;
    /** Read without the lock: before it, no tick can mean anything. */
    private volatile long nextTick;

    /** On the thread that is going to {@link #run} it. */
    public Execution(AttemptId id, Duration timeout, AttemptTimes times, Ticker ticker, ExecutionListener listener) {
        this(id, timeout, null, times, ticker, listener);
    }

    /** The same, of a run that may have a budget. */
    public Execution(
            AttemptId id,
            Duration timeout,
            @Nullable RunBudget budget,
            AttemptTimes times,
            Ticker ticker,
            ExecutionListener listener) {
        this.times = times;
        this.ticker = ticker;
        this.listener = listener;
        this.context = new AttemptContext(id, budget, this);
        this.thread = Thread.currentThread();
        this.deadline = new AttemptDeadline(AttemptTimes.nanos(timeout), ticker.nanos());
        this.nextTick = whileRunning(deadline.startedAt());
    }

    /** Whatever the agent throws ends the attempt and nothing else. */
    public void run(BoundAgent agent, Payload input) {
        AttemptEvent ending;
        try {
            ending = new CodeReturned(agent.run(input, context));
        } catch (Throwable thrown) {
            threw(thrown);
            ending = thrown instanceof AgentUnavailableException unavailable
                    ? new CodeUnavailable(ThrownFailure.of(unavailable))
                    : new CodeFailed(ThrownFailure.of(thrown));
        }
        handle(ending);
    }

    /** Claims it before its code starts; its time stands still until {@link #begin}. */
    public synchronized void claimFirst() {
        deadline.holdBack();
        claim();
    }

    /** Lets the time begin of what was claimed first. False when it was stopped before: then it has ended and must not run. */
    public synchronized boolean begin() {
        if (state instanceof Running) {
            deadline.begin(ticker.nanos());
            nextTick = whileRunning(deadline.startedAt());
            return true;
        }
        // The stop interrupted this thread, which goes on to something else.
        boolean _ = Thread.interrupted();
        handle(new CodeFailed(NOT_STARTED));
        return false;
    }

    /** Claims it now, however long it has been running; nothing when it is claimed, stopped or has ended. */
    public void claim() {
        handle(new ClaimDue());
    }

    public void stop(StopCause cause) {
        handle(new StopRequested(cause));
    }

    /** Time has passed. Called often. */
    public void tick(long now) {
        if (now - nextTick >= 0) {
            onTick(now);
        }
    }

    AttemptContext context() {
        return context;
    }

    synchronized Duration remaining() {
        return Duration.ofNanos(deadline.left(ticker.nanos()));
    }

    synchronized void stopClock() {
        deadline.stop(ticker.nanos());
        clockChanged();
    }

    synchronized void startClock() {
        deadline.go(ticker.nanos());
        clockChanged();
    }

    private void clockChanged() {
        if (state instanceof Running) {
            nextTick = whileRunning(ticker.nanos());
        }
    }

    private long whileRunning(long now) {
        long due = deadline.nextTick(now);
        return claimed ? due : earlier(due, deadline.startedAt() + times.claimAfter());
    }

    synchronized void progress(double share, String note) {
        if (state instanceof Running) {
            listener.progressed(share, note);
        }
    }

    synchronized void spend(Cost more) {
        cost = Cost.sum(cost, more);
    }

    private synchronized void threw(Throwable thrown) {
        listener.threw(thrown);
    }

    private synchronized void onTick(long now) {
        switch (state) {
            case Running _ when deadline.isPassed(now) -> handle(new StopRequested(StopCause.TIMEOUT));
            case Running _ when !claimed -> claimWhenDue(now);
            case Running _ -> tellWhenDue(now);
            case Stopping _
            when now - (stopRequestedAt + times.stopGrace()) >= 0 -> {
                handle(new GracePassed());
                interrupt(now);
            }
            case Stopping _, Overdue _ -> interrupt(now);
            case Ended _ -> {}
        }
    }

    private void claimWhenDue(long now) {
        if (now - (deadline.startedAt() + times.claimAfter()) >= 0) {
            handle(new ClaimDue());
        } else {
            nextTick = whileRunning(now);
        }
    }

    private void tellWhenDue(long now) {
        if (deadline.isToBeTold(now)) {
            listener.waited(deadline.tell(now));
        }
        nextTick = whileRunning(now);
    }

    private synchronized void handle(AttemptEvent event) {
        var before = state;
        var decision = AttemptLife.decide(before, event);
        state = decision.next();
        for (var effect : decision.effects()) {
            switch (effect) {
                case Claim() -> claimed();
                case StopCode() -> stopCode();
                case Conclude(Verdict verdict) ->
                    listener.concluded(verdict, Duration.ofNanos(ticker.nanos() - deadline.startedAt()), cost);
            }
        }
        if (state instanceof Overdue && !(before instanceof Overdue)) {
            listener.overdue();
        }
        if (state instanceof Ended && !(before instanceof Ended)) {
            listener.codeEnded(before instanceof Overdue);
        }
    }

    private void claimed() {
        claimed = true;
        nextTick = whileRunning(ticker.nanos());
        listener.claimDue();
    }

    private void stopCode() {
        stopRequestedAt = ticker.nanos();
        context.cancel();
        interrupt(stopRequestedAt);
    }

    /** Only while the code runs: the thread is not interrupted when it has gone on to something else. */
    private void interrupt(long now) {
        if (now == stopRequestedAt || now - interruptedAt >= INTERRUPT_AGAIN) {
            interruptedAt = now;
            thread.interrupt();
        }
        long graceAt = stopRequestedAt + times.stopGrace();
        nextTick = state instanceof Stopping && now - graceAt < 0
                ? earlier(graceAt, interruptedAt + INTERRUPT_AGAIN)
                : interruptedAt + INTERRUPT_AGAIN;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
