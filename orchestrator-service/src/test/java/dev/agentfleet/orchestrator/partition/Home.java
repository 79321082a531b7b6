package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A home partition with fakes around it and time in the test's hand. */
final class Home implements Window, WorkerWatch, DecisionObserver {

    static final RunId RUN = new RunId("run-1");
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration RETENTION = Duration.ofDays(7);
    static final String WORKER = "worker-a";

    final InMemoryRunStore store = new InMemoryRunStore();
    final RecordingOutbox outbox = new RecordingOutbox();
    final List<IgnoreReason> ignored = new ArrayList<>();
    final Map<String, Instant> heard = new HashMap<>();
    final Set<TaskId> dropped = new HashSet<>();
    int window = 1_000;
    int served;
    Placing placing = Placing.BY_KEY;
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private HomePartition home = start();

    private HomePartition start() {
        HomePartition started = new HomePartition(new Parts(
                store,
                outbox,
                this,
                placing,
                this,
                new AdmissionRules(Set.of("default", "gpu", "cpu"), Map.of(), 100_000),
                this,
                LEASE,
                GRACE,
                new RunRetention(RETENTION)));
        started.restore();
        return started;
    }

    /** The process dies and another takes over what was committed. */
    void restart() {
        home = start();
    }

    void request(RunId id, Request request) {
        home.onRequest(id, request, Json.write(request), null, now);
    }

    void report(AttemptReport report) {
        home.onReport(report, now);
    }

    void succeed(TaskAssignment task) {
        report(new AttemptSucceeded(task.taskId(), task.attempt(), WORKER, task.input(), Duration.ofMillis(3)));
    }

    void fail(TaskAssignment task, Failure failure) {
        report(new AttemptFailed(task.taskId(), task.attempt(), WORKER, failure, false, Duration.ofMillis(3)));
    }

    void tick() {
        home.onTick(now);
    }

    /** Lets time pass in steps of a second, each with its tick. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusSeconds(1).isAfter(end) ? end : now.plusSeconds(1);
            tick();
        }
    }

    void work() {
        while (home.work(200, now)) {
            // until nothing is left
        }
    }

    /** One step of work, and no more. */
    void workOnce() {
        home.work(200, now);
    }

    boolean hasBacklog() {
        return home.hasBacklog();
    }

    boolean keepsRuns() {
        return home.keepsRuns();
    }

    boolean awaitsTime() {
        return home.awaitsTime();
    }

    @Override
    public int size(String pool) {
        return window;
    }

    @Override
    public void demand(String pool, boolean waiting) {}

    @Override
    public void served(String pool) {
        served++;
    }

    @Override
    public void task(TaskState before, TaskEvent event, TaskDecision decision, Instant at) {
        if (decision instanceof TaskDecision.Ignored refused) {
            ignored.add(refused.reason());
        }
    }

    @Override
    public void run(RunEvent event, RunDecision decision) {
        if (decision instanceof RunDecision.Ignored refused) {
            ignored.add(refused.reason());
        }
    }

    HomeLoad load() {
        return home.load();
    }

    @Override
    public boolean hasDropped(String workerId, TaskId task, int attempt, Instant claimedAt, Instant now) {
        return dropped.contains(task);
    }

    @Override
    public @Nullable Instant lastHeard(String workerId) {
        return heard.get(workerId);
    }

    void submit(int tasks, @Nullable RunOptions options) {
        request(RUN, SubmitRun.batch(RUN, specs(tasks), options));
    }

    void claim(TaskAssignment task) {
        report(new AttemptClaimed(task.taskId(), task.attempt(), WORKER));
    }

    /** Answers every assignment, and those that follow, until there are none. */
    void finishAll() {
        for (List<TaskAssignment> sent = outbox.takeAssignments(); !sent.isEmpty(); sent = outbox.takeAssignments()) {
            sent.forEach(this::succeed);
        }
    }

    /** The one completion of {@link #RUN}. */
    RunCompleted completed() {
        return only(outbox.events(RunCompleted.class).stream()
                .filter(event -> event.runId().equals(RUN))
                .toList());
    }

    static List<TaskSpec> specs(int tasks) {
        return Collections.nCopies(tasks, TaskSpec.of("echo", Payload.NULL));
    }

    /** The first attempt of a task of {@link #RUN}. */
    static TaskAssignment assignment(int index) {
        return new TaskAssignment(new TaskId(RUN, index), 1, 1, "echo", Payload.NULL, Duration.ofMinutes(10), null);
    }

    static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
