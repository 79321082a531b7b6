package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.TaskAssignment;

/** Where messages leave; they become visible together with the state they belong to. */
public interface Outbox {

    void assign(String pool, TaskAssignment assignment);

    void publish(RunEvent event);

    void bury(DeadLetter letter);

    void tell(Control control);
}
