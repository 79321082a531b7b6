package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One sample of every state and event of a task: what the matrix, the diagram and the random sequences are made of. */
final class TaskSamples {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final TaskId TASK = new TaskId(new RunId("run-1"), 7);
    static final String OWNER = "worker-a";
    static final String OTHER = "worker-b";
    static final Failure BLIP = Failure.retryable("BLIP", "try again");
    static final Failure UNAVAILABLE = new Failure("SPEND_LIMIT", "no money left", true, Duration.ofMinutes(1));
    static final Failure BROKEN = Failure.permanent("BROKEN", "never works");

    /** What the attempts before the current one used up. */
    static final Cost SPENT = new Cost(100, 10, 1_000);

    private TaskSamples() {}

    static TaskFacts facts(@Nullable Duration queueTimeout, int maxAttempts) {
        RetryPolicy retry = new RetryPolicy(maxAttempts, null, null, null, null);
        return new TaskFacts(
                TASK, 1, "echo", new RunOptions(null, null, queueTimeout, null, null, retry).withDefaults());
    }

    /** Every state; attempt 2 is current wherever there is one, and one attempt has failed. */
    static Map<String, TaskState> states() {
        Map<String, TaskState> states = new LinkedHashMap<>();
        states.put("Waiting", TaskState.WAITING);
        states.put("Dispatched", new TaskState.Dispatched("default", 2, 1, NOW.minusSeconds(60), SPENT));
        states.put("Running", new TaskState.Running("default", 2, 1, OWNER, NOW.minusSeconds(60), SPENT));
        states.put("BackingOff", new TaskState.BackingOff(2, 1, NOW, BLIP, SPENT));
        states.put("BackingOff, not due", new TaskState.BackingOff(2, 1, NOW.plusSeconds(5), BLIP, SPENT));
        states.put(
                "Settled",
                new TaskState.Settled(
                        new TaskOutcome(
                                TASK.runId(),
                                TASK,
                                1,
                                TaskStatus.SUCCEEDED,
                                2,
                                "echo",
                                Payload.NULL,
                                null,
                                OWNER,
                                Duration.ZERO,
                                SPENT,
                                NOW.minusSeconds(1)),
                        1));
        return states;
    }

    static TaskState state(String name) {
        return Objects.requireNonNull(states().get(name), name);
    }

    /** Every event, as it is said of the current attempt by its owner, and its strange variants. */
    static Map<String, TaskEvent> events() {
        Map<String, TaskEvent> events = new LinkedHashMap<>();
        events.put("Dispatch", new TaskEvent.Dispatch("default"));
        events.put("AttemptClaimed", reported(new AttemptClaimed(TASK, 2, OWNER)));
        events.put("AttemptProgress", reported(new AttemptProgress(TASK, 2, OWNER, 0.5, null)));
        events.put("AttemptSucceeded", reported(succeeded(2, OWNER)));
        events.put("AttemptFailed, retryable", reported(failed(2, OWNER, BLIP, false)));
        events.put("AttemptFailed, permanent", reported(failed(2, OWNER, BROKEN, false)));
        events.put("AttemptFailed, timed out", reported(failed(2, OWNER, BROKEN, true)));
        events.put("AttemptReleased, drain", reported(new AttemptReleased(TASK, 2, OWNER, ReleaseReason.DRAIN)));
        events.put(
                "AttemptReleased, late", reported(new AttemptReleased(TASK, 2, OWNER, ReleaseReason.START_BY_PASSED)));
        events.put(
                "AttemptReleased, unavailable",
                reported(new AttemptReleased(TASK, 2, OWNER, ReleaseReason.UNAVAILABLE, null, null, UNAVAILABLE)));
        events.put("AttemptClaimed by another", reported(new AttemptClaimed(TASK, 2, OTHER)));
        events.put("AttemptSucceeded by another", reported(succeeded(2, OTHER)));
        events.put("AttemptSucceeded, stale", reported(succeeded(1, OWNER)));
        events.put("AttemptClaimed, stale", reported(new AttemptClaimed(TASK, 1, OTHER)));
        events.put("AttemptSucceeded, from the future", reported(succeeded(3, OWNER)));
        events.put("QueueExpired", new TaskEvent.QueueExpired(2));
        events.put("QueueExpired, stale", new TaskEvent.QueueExpired(1));
        events.put("BackstopReached", new TaskEvent.BackstopReached(2));
        events.put("WorkerLost", new TaskEvent.WorkerLost(2, OWNER, How.SILENT));
        events.put("WorkerLost, another", new TaskEvent.WorkerLost(2, OTHER, How.SILENT));
        events.put("Redrive", new TaskEvent.Redrive());
        events.put("Stopped", new TaskEvent.Stopped(Stop.Cause.CANCEL));
        return events;
    }

    static TaskEvent.Reported reported(dev.agentfleet.contract.AttemptReport report) {
        return new TaskEvent.Reported(report);
    }

    static AttemptSucceeded succeeded(int attempt, String worker) {
        return new AttemptSucceeded(TASK, attempt, worker, Payload.NULL, Duration.ofMillis(5));
    }

    static AttemptFailed failed(int attempt, String worker, Failure failure, boolean timedOut) {
        return new AttemptFailed(TASK, attempt, worker, failure, timedOut, Duration.ofMillis(5));
    }
}
