package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import java.util.List;

/**
 * What a reader of committed records sees on the topics; what it cannot read is left out, but for dead letters.
 *
 * @param requests those that stand on the home partition of their run
 */
public record Records(
        List<Logged<AtHome>> requests,
        List<Logged<TaskAssignment>> assignments,
        List<Logged<AttemptReport>> reports,
        List<Logged<RunEvent>> events,
        List<Logged<Buried>> deadLetters) {

    /** A request and the run it speaks of. */
    public record AtHome(RunId runId, Request request) {}

    public Records {
        requests = List.copyOf(requests);
        assignments = List.copyOf(assignments);
        reports = List.copyOf(reports);
        events = List.copyOf(events);
        deadLetters = List.copyOf(deadLetters);
    }
}
