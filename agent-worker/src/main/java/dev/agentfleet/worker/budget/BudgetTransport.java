package dev.agentfleet.worker.budget;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import java.util.function.Consumer;

/** The way to the owner of the budgets. */
public interface BudgetTransport {

    /** Returns once no answer to what is sent from now on is missed; may take as long as the broker is away. Called once. */
    void open(Consumer<BudgetReserved> onAnswer) throws InterruptedException;

    /** Sends it after what was sent before; after minutes without a broker, never. May block for a while. */
    void send(BudgetRequest request);
}
