package dev.agentfleet.worker.budget;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.BudgetReserved.Verdict;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.SettleBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An owner that answers as it was told to; grants when it was told nothing. */
public final class FakeBudgetOwner implements BudgetTransport {

    public final List<BudgetRequest> heard = new CopyOnWriteArrayList<>();
    private final Queue<Answer> script = new ArrayDeque<>();
    private volatile @Nullable Consumer<BudgetReserved> worker;

    private interface Answer {
        void to(ReserveBudget ask, Consumer<BudgetReserved> worker);
    }

    @Override
    public synchronized void open(Consumer<BudgetReserved> onAnswer) {
        worker = onAnswer;
    }

    @Override
    public synchronized void send(BudgetRequest request) {
        heard.add(request);
        Consumer<BudgetReserved> to = worker;
        if (request instanceof ReserveBudget ask && to != null) {
            Answer next = script.poll();
            (next == null ? answer(Verdict.GRANTED, 0, null) : next).to(ask, to);
        }
    }

    /** The next ask that has no other answer yet is not answered. */
    public synchronized FakeBudgetOwner thenSilence() {
        script.add((ask, to) -> {});
        return this;
    }

    public synchronized FakeBudgetOwner thenWait(Duration askAfter) {
        script.add(answer(Verdict.WAIT, 0, askAfter));
        return this;
    }

    public synchronized FakeBudgetOwner thenExhausted(long tokens) {
        script.add(answer(Verdict.EXHAUSTED, tokens, null));
        return this;
    }

    public boolean isOpen() {
        return worker != null;
    }

    public List<ReserveBudget> asks() {
        return heard.stream()
                .filter(ReserveBudget.class::isInstance)
                .map(ReserveBudget.class::cast)
                .toList();
    }

    public List<BudgetAmount> settled() {
        return heard.stream()
                .filter(SettleBudget.class::isInstance)
                .map(request -> ((SettleBudget) request).used())
                .toList();
    }

    private static Answer answer(Verdict verdict, long tokens, @Nullable Duration askAfter) {
        return (ask, to) -> to.accept(new BudgetReserved(
                ask.runId(), ask.workerId(), ask.number(), verdict, new BudgetAmount(tokens, tokens), askAfter));
    }
}
