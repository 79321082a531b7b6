package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.budget.BudgetTransport;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The way to the owner of the budgets. */
public final class KafkaBudgetLink implements BudgetTransport, AutoCloseable {

    /** What a call took is told once, and worth telling late. */
    private static final Duration DELIVERY = Duration.ofMinutes(10);

    private final OwnerLink<BudgetReserved> link;

    public KafkaBudgetLink(Map<String, Object> kafka, Topics topics, String workerId) {
        this.link = new OwnerLink<>(kafka, topics, workerId, BudgetReserved.class, DELIVERY);
    }

    @Override
    public void open(Consumer<BudgetReserved> onAnswer) throws InterruptedException {
        link.open(onAnswer);
    }

    @Override
    public void send(BudgetRequest request) {
        link.send(request.runId().value(), request);
    }

    @Override
    public void close() {
        link.close();
    }
}
