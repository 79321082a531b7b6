package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A history by runs and tasks: those of the workload. What poison brought about is left out. */
public final class Runs {
    private final Map<RunId, RunHistory> byId = new LinkedHashMap<>();

    private Runs() {}

    public static Runs of(History history) {
        var runs = new Runs();
        history.sent().forEach(sent -> runs.byId.computeIfAbsent(sent.runId(), RunHistory::new));
        Records records = history.records();
        records.requests().forEach(runs::request);
        records.assignments()
                .forEach(assignment -> runs.with(assignment.message().taskId(), task -> task.add(assignment)));
        records.reports().forEach(report -> runs.with(report.message().taskId(), task -> task.addReport(report)));
        records.events().forEach(event -> {
            switch (event.message()) {
                case TaskOutcome outcome -> runs.with(outcome.taskId(), task -> task.addOutcome(moved(event, outcome)));
                case RunCompleted completed ->
                    runs.run(completed.runId(), run -> run.addCompletion(moved(event, completed)));
                case RunRejected rejected ->
                    runs.run(rejected.runId(), run -> run.addRejection(moved(event, rejected)));
            }
        });
        records.deadLetters().forEach(runs::deadLetter);
        history.ledger().forEach(execution -> runs.with(execution.taskId(), task -> task.addExecution(execution)));
        return runs;
    }

    public Collection<RunHistory> all() {
        return byId.values();
    }

    private void request(Logged<Records.AtHome> request) {
        run(
                request.message().runId(),
                run -> run.addRequest(moved(request, request.message().request())));
    }

    /** A dead letter of a task lies under its taskId; an unreadable record has a source. */
    private void deadLetter(Logged<Buried> letter) {
        TaskId id = taskId(letter.message().headers().get(Headers.TASK_ID));
        if (id != null && !letter.message().headers().containsKey(Headers.SOURCE_TOPIC)) {
            with(id, task -> task.addDeadLetter(letter));
        }
    }

    private static @Nullable TaskId taskId(@Nullable String text) {
        try {
            return text == null ? null : TaskId.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void with(TaskId id, Consumer<TaskHistory> action) {
        run(id.runId(), run -> action.accept(run.task(id.index())));
    }

    private void run(RunId id, Consumer<RunHistory> action) {
        RunHistory run = byId.get(id);
        if (run != null) {
            action.accept(run);
        }
    }

    private static <T> Logged<T> moved(Logged<?> from, T message) {
        return new Logged<>(from.position(), from.at(), message);
    }
}
