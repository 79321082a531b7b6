package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent. */
final class RecordingOutbox implements Outbox {

    final List<TaskAssignment> assignments = new ArrayList<>();
    final List<@Nullable Integer> partitions = new ArrayList<>();
    final List<RunEvent> events = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<Control> controls = new ArrayList<>();
    final List<BudgetRequest> budgetRequests = new ArrayList<>();
    final List<RunId> retracted = new ArrayList<>();

    @Override
    public void assign(String pool, @Nullable Integer partition, TaskAssignment assignment, @Nullable String trace) {
        assignments.add(assignment);
        partitions.add(partition);
    }

    @Override
    public void publish(RunEvent event, @Nullable String trace) {
        events.add(event);
    }

    @Override
    public void bury(DeadLetter letter) {
        deadLetters.add(letter);
    }

    @Override
    public void tell(Control control) {
        controls.add(control);
    }

    @Override
    public void tell(BudgetRequest request) {
        budgetRequests.add(request);
    }

    @Override
    public void retractCancel(RunId id) {
        retracted.add(id);
    }

    <E extends RunEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The assignments since the last call. */
    List<TaskAssignment> takeAssignments() {
        List<TaskAssignment> taken = List.copyOf(assignments);
        assignments.clear();
        return taken;
    }
}
