package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import org.jspecify.annotations.Nullable;

/** Where messages leave; they become visible together with the state they belong to. */
public interface Outbox {

    /**
     * @param partition of the pool's topic; null: that of its key
     * @param trace what the run keeps of its trace; null when it is not traced
     */
    void assign(String pool, @Nullable Integer partition, TaskAssignment assignment, @Nullable String trace);

    /** @param trace as above */
    void publish(RunEvent event, @Nullable String trace);

    void bury(DeadLetter letter);

    void tell(Control control);

    /** Tells the owner of the budgets. */
    void tell(BudgetRequest request);

    /** The cancels of the run count no more: its name may be given to another one. */
    void retractCancel(RunId id);
}
