package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything there is of one task, each list in the order of its topic. */
public final class TaskHistory {
    private final TaskId id;
    private final List<Logged<TaskAssignment>> assignments = new ArrayList<>();
    private final List<Logged<AttemptReport>> reports = new ArrayList<>();
    private final List<Logged<TaskOutcome>> outcomes = new ArrayList<>();
    private final List<Logged<Buried>> deadLetters = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();

    TaskHistory(TaskId id) {
        this.id = id;
    }

    void add(Logged<TaskAssignment> assignment) {
        assignments.add(assignment);
    }

    void addReport(Logged<AttemptReport> report) {
        reports.add(report);
    }

    void addOutcome(Logged<TaskOutcome> outcome) {
        outcomes.add(outcome);
    }

    void addDeadLetter(Logged<Buried> letter) {
        deadLetters.add(letter);
    }

    void addExecution(Execution execution) {
        executions.add(execution);
    }

    public TaskId id() {
        return id;
    }

    public List<Logged<TaskAssignment>> assignments() {
        return assignments;
    }

    public List<Logged<AttemptReport>> reports() {
        return reports;
    }

    /** Those of one kind about one attempt. */
    public <R extends AttemptReport> Stream<Logged<R>> reports(int attempt, Class<R> kind) {
        return reports.stream()
                .filter(report -> report.message().attempt() == attempt && kind.isInstance(report.message()))
                .map(report -> new Logged<>(report.position(), report.at(), kind.cast(report.message())));
    }

    public List<Logged<TaskOutcome>> outcomes() {
        return outcomes;
    }

    public List<Logged<Buried>> deadLetters() {
        return deadLetters;
    }

    public List<Execution> executions() {
        return executions;
    }

    /** The last attempt that was dispatched; 0 when none was. */
    public int dispatched() {
        return assignments.stream()
                .mapToInt(assignment -> assignment.message().attempt())
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
