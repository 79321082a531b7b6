package dev.agentfleet.trial.quota;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.budget.BudgetExhaustedException;
import dev.agentfleet.worker.budget.Reserved;
import dev.agentfleet.worker.budget.RunBudgets;
import dev.agentfleet.worker.kafka.KafkaBudgetLink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A worker with nothing but its budgets, and tasks of one run that call until the budget is exhausted. */
final class SpendingWorker {

    static final int LARGEST_CALL = 500;
    static final Duration WITHIN = Duration.ofSeconds(5);

    private static final RunId RUN = new RunId("trial");
    private static final long LONGEST_CALL_NANOS = 60_000_000;

    private final KafkaBudgetLink link;
    private final RunBudgets budgets;
    private final RunBudget budget;
    private final AtomicLong used;
    private final boolean reserving;
    private final List<Thread> tasks;
    private volatile boolean dead;

    /**
     * @param used what the provider of the models would count
     * @param reserving whether what calls may take is reserved; else only what they took is told
     */
    SpendingWorker(String server, String name, RunBudget budget, AtomicLong used, boolean reserving, int tasks) {
        this.link = new KafkaBudgetLink(Map.of("bootstrap.servers", server), Topics.DEFAULT, name);
        this.budgets = new RunBudgets(name, link);
        this.budget = budget;
        this.used = used;
        this.reserving = reserving;
        this.tasks = IntStream.range(0, tasks)
                .mapToObj(seed -> Thread.ofVirtual().start(() -> spend(new Random(seed))))
                .toList();
    }

    private void spend(Random random) {
        try {
            while (!dead) {
                call(random);
            }
        } catch (BudgetExhaustedException | InterruptedException e) {
            // It is over.
        }
    }

    private void call(Random random) throws InterruptedException {
        int estimate = 1 + random.nextInt(LARGEST_CALL);
        Reserved reserved = budgets.reserve(RUN, budget, new BudgetAmount(reserving ? estimate : 1, 0), WITHIN);
        if (dead) {
            return;
        }
        int took = 1 + random.nextInt(estimate);
        used.addAndGet(took);
        LockSupport.parkNanos(random.nextLong(LONGEST_CALL_NANOS));
        if (!dead) {
            reserved.settle(new BudgetAmount(took, 0));
        }
    }

    /** Waits until no task of it has anything left to do. */
    void awaitEnd() throws InterruptedException {
        for (Thread task : tasks) {
            task.join();
        }
    }

    /** Nothing of it moves any more, and nobody is told. */
    void kill() {
        dead = true;
        link.close();
        budgets.close();
        tasks.forEach(Thread::interrupt);
    }
}
