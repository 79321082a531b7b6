package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.Buried;
import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.cli.chaos.history.Sent;
import dev.agentfleet.cli.chaos.history.Strike;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run of two tasks as it should go, to be spoilt by a test: task 0 is claimed, loses its worker, and succeeds with its
 * second attempt; task 1 fails twice, which is all it may, and lies in the dead letters.
 */
final class GoodHistory {
    static final RunId RUN = new RunId("run-1");
    static final TaskId LUCKY = new TaskId(RUN, 0);
    static final TaskId UNLUCKY = new TaskId(RUN, 1);
    static final String DEAD_WORKER = "worker-a";
    static final long DEAD_PID = 42;
    static final String WORKER = "worker-b";
    static final Payload OUTPUT = new Payload("{\"done\":true}");
    static final Instant START = Instant.parse("2026-01-02T03:04:00Z");

    private static final Duration RAN = Duration.ofMillis(100);
    private static final Failure FAILURE = Failure.retryable("EXIT_3", "it ended with exit code 3");

    final List<Sent> sent = new ArrayList<>();
    final List<Logged<Records.AtHome>> requests = new ArrayList<>();
    final List<Logged<TaskAssignment>> assignments = new ArrayList<>();
    final List<Logged<AttemptReport>> reports = new ArrayList<>();
    final List<Logged<RunEvent>> events = new ArrayList<>();
    final List<Logged<Buried>> deadLetters = new ArrayList<>();
    final List<Execution> ledger = new ArrayList<>();
    final List<Poison> poison = new ArrayList<>();
    final List<Strike> strikes = new ArrayList<>();
    final List<Drained> drained = new ArrayList<>();
    final List<String> deaths = new ArrayList<>();

    @Nullable
    Map<RunId, Optional<String>> before;

    @Nullable
    Map<RunId, Optional<String>> after;

    final Map<Integer, Long> committed = new HashMap<>(Map.of(0, 100L));

    GoodHistory() {
        submit(submission(2));
        assign(LUCKY, 1);
        assign(UNLUCKY, 1);
        ran(LUCKY, 1, DEAD_WORKER, DEAD_PID, 1);
        ran(UNLUCKY, 1, WORKER, 1);
        report(new AttemptClaimed(LUCKY, 1, DEAD_WORKER));
        report(new AttemptFailed(UNLUCKY, 1, WORKER, FAILURE, false, RAN));
        strikes.add(new Strike("F1", true, Set.of(DEAD_PID), at(2), at(4)));
        assign(UNLUCKY, 2);
        ran(UNLUCKY, 2, WORKER, 3);
        report(new AttemptFailed(UNLUCKY, 2, WORKER, FAILURE, false, RAN));
        publish(outcome(UNLUCKY, TaskStatus.FAILED, 2, WORKER, null, FAILURE));
        bury(UNLUCKY);
        assign(LUCKY, 2);
        ran(LUCKY, 2, WORKER, 10);
        report(new AttemptSucceeded(LUCKY, 2, WORKER, OUTPUT, RAN));
        publish(outcome(LUCKY, TaskStatus.SUCCEEDED, 2, WORKER, OUTPUT, null));
        publish(completed(new Counts(1, 1, 0, 0, 0), 4));
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }

    static SubmitRun submission(int tasks) {
        var retry = new RetryPolicy(2, null, null, null, null);
        var spec = TaskSpec.of("command", Payload.NULL);
        return SubmitRun.batch(
                RUN, Collections.nCopies(tasks, spec), new RunOptions(null, null, null, null, null, retry));
    }

    void submit(SubmitRun run) {
        ask(run);
        sent.add(new Sent(RUN, "SubmitRun", requests.getLast().position(), at(0)));
    }

    void ask(Request request) {
        requests.add(logged("fleet.requests", requests.size(), new Records.AtHome(RUN, request)));
    }

    void assign(TaskId task, int attempt) {
        assignments.add(logged(
                "fleet.tasks.default",
                assignments.size(),
                new TaskAssignment(task, attempt, 1, "command", Payload.NULL, Duration.ofMinutes(1), null)));
    }

    void report(AttemptReport report) {
        reports.add(logged("fleet.results", reports.size(), report));
    }

    void publish(RunEvent event) {
        events.add(logged("fleet.runs", events.size(), event));
    }

    void bury(TaskId task) {
        bury(Map.of(
                Headers.REASON,
                "EXIT_3: it ended with exit code 3",
                Headers.RUN_ID,
                task.runId().value(),
                Headers.TASK_ID,
                task.toString(),
                Headers.ATTEMPT,
                "2"));
    }

    void bury(Map<String, String> headers) {
        deadLetters.add(
                logged("fleet.dead-letters", deadLetters.size(), new Buried(new byte[0], new byte[0], headers)));
    }

    void ran(TaskId task, int attempt, String worker, int second) {
        ran(task, attempt, worker, 1, second);
    }

    void ran(TaskId task, int attempt, String worker, long pid, int second) {
        ledger.add(new Execution(task, attempt, worker, pid, at(second), at(second + 1)));
    }

    static TaskOutcome outcome(
            TaskId task,
            TaskStatus status,
            int attempts,
            String worker,
            @Nullable Payload output,
            @Nullable Failure failure) {
        return new TaskOutcome(RUN, task, 1, status, attempts, "command", output, failure, worker, RAN, null, at(20));
    }

    static RunCompleted completed(Counts counts, long attempts) {
        return completed(
                counts,
                attempts,
                Work.of(
                        new Effort(counts.succeeded(), RAN, null),
                        Map.of(WasteCause.FAILED, new Effort(attempts - counts.succeeded(), RAN, null))));
    }

    static RunCompleted completed(Counts counts, long attempts, Work work) {
        return new RunCompleted(
                RUN, 1, RunStatus.FAILED, 2, counts, attempts, null, work, List.of(), null, at(0), at(20));
    }

    History history() {
        return new History(
                sent,
                new Records(requests, assignments, reports, events, deadLetters),
                ledger,
                poison,
                strikes,
                drained,
                new Aftermath(Set.of(), committed, List.of(), "Stable", deaths, before, after));
    }

    static <T> Logged<T> logged(String topic, int offset, T message) {
        return new Logged<>(new Position(topic, 0, offset), at(offset), message);
    }
}
