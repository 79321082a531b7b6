package dev.agentfleet.worker.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What calls of this worker reserve of their runs' budgets. A thread that speaks to the owner is started by the first of them; a worker
 * whose runs have no budget has none of it. Thread-safe.
 */
public final class RunBudgets implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunBudgets.class);

    /** An answer that has not come by then may be lost. */
    private static final Duration REPEAT = Duration.ofSeconds(2);

    private static final Duration LONGEST_REPEAT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String workerId;
    private final BudgetTransport transport;
    private final Duration repeat;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, BlockingQueue<BudgetReserved>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<BudgetRequest> outgoing = new LinkedBlockingQueue<>();
    private final Set<BudgetRequest> unsent = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Thread speaker;
    private volatile boolean closed;

    public RunBudgets(String workerId, BudgetTransport transport) {
        this(workerId, transport, REPEAT);
    }

    RunBudgets(String workerId, BudgetTransport transport, Duration repeat) {
        this.workerId = workerId;
        this.transport = transport;
        this.repeat = repeat;
    }

    /**
     * Waits until the call may be made. Whoever gets something settles it in the end, whatever happened.
     *
     * @param amount what the call may take
     * @param within how long it may take
     * @throws BudgetExhaustedException when what is spent and the call together are more than the budget
     * @throws InterruptedException when the thread is interrupted, as that of an attempt is which must stop
     */
    public Reserved reserve(RunId run, RunBudget budget, BudgetAmount amount, Duration within)
            throws InterruptedException {
        start();
        var ask = new ReserveBudget(run, workerId, numbers.incrementAndGet(), amount, budget, within);
        var reserved = new Reserved(ask, this::say);
        // The newest answer is what counts.
        var answers = new ArrayBlockingQueue<BudgetReserved>(1);
        waiting.put(ask.number(), answers);
        boolean decided = false;
        try {
            BudgetReserved answer = decision(ask, answers);
            decided = true;
            if (answer.verdict() == BudgetReserved.Verdict.EXHAUSTED) {
                throw new BudgetExhaustedException(budget, answer.spent(), amount);
            }
            return reserved;
        } finally {
            waiting.remove(ask.number());
            if (!decided) {
                // The owner may have granted it.
                reserved.settle(BudgetAmount.NONE);
            }
        }
    }

    private BudgetReserved decision(ReserveBudget ask, BlockingQueue<BudgetReserved> answers)
            throws InterruptedException {
        Duration patience = repeat;
        int waits = 0;
        while (true) {
            say(ask);
            BudgetReserved answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                patience = shorter(patience.multipliedBy(2), LONGEST_REPEAT);
            } else if (answer.verdict() == BudgetReserved.Verdict.WAIT) {
                Duration wait =
                        Objects.requireNonNullElse(answer.askAfter(), repeat).multipliedBy(1L << Math.min(waits++, 10));
                BudgetReserved late = answers.poll(shorter(wait, LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS);
                if (late != null && late.verdict() != BudgetReserved.Verdict.WAIT) {
                    return late;
                }
            } else {
                return answer;
            }
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void answered(BudgetReserved answer) {
        BlockingQueue<BudgetReserved> answers = waiting.get(answer.number());
        if (answers != null) {
            answers.clear();
            answers.offer(answer);
        }
    }

    /** In order; what waits to be sent is not sent twice. */
    private void say(BudgetRequest request) {
        if (unsent.add(request)) {
            outgoing.add(request);
        }
    }

    private void start() {
        if (!closed && started.compareAndSet(false, true)) {
            speaker = Thread.ofPlatform().name("budgets").daemon().start(this::speak);
        }
    }

    private void speak() {
        try {
            transport.open(this::answered);
            while (!closed) {
                BudgetRequest next = outgoing.take();
                unsent.remove(next);
                send(next);
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }

    private void send(BudgetRequest request) {
        try {
            transport.send(request);
        } catch (RuntimeException e) {
            LOG.error(
                    "What a call takes of its budget could not be sent; it counts as estimated, or is asked for again",
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running = speaker;
        if (running != null) {
            running.interrupt();
        }
    }
}
