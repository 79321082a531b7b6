package dev.agentfleet.orchestrator.run;

import static dev.agentfleet.orchestrator.run.TaskSamples.NOW;
import static dev.agentfleet.orchestrator.run.TaskSamples.OWNER;
import static dev.agentfleet.orchestrator.run.TaskSamples.SPENT;
import static dev.agentfleet.orchestrator.run.TaskSamples.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMachineTest {

    /**
     * What every event does in every state, for a task with a queue timeout that may fail three times: the state it
     * moves to and the effects, or why it is ignored.
     */
    private static final String MATRIX = """
            Waiting | Dispatch | Dispatched [Assign]
            Waiting | AttemptClaimed | UNKNOWN_ATTEMPT
            Waiting | AttemptProgress | UNKNOWN_ATTEMPT
            Waiting | AttemptSucceeded | UNKNOWN_ATTEMPT
            Waiting | AttemptFailed, retryable | UNKNOWN_ATTEMPT
            Waiting | AttemptFailed, permanent | UNKNOWN_ATTEMPT
            Waiting | AttemptFailed, timed out | UNKNOWN_ATTEMPT
            Waiting | AttemptReleased, drain | UNKNOWN_ATTEMPT
            Waiting | AttemptReleased, late | UNKNOWN_ATTEMPT
            Waiting | AttemptReleased, unavailable | UNKNOWN_ATTEMPT
            Waiting | AttemptClaimed by another | UNKNOWN_ATTEMPT
            Waiting | AttemptSucceeded by another | UNKNOWN_ATTEMPT
            Waiting | AttemptSucceeded, stale | UNKNOWN_ATTEMPT
            Waiting | AttemptClaimed, stale | UNKNOWN_ATTEMPT
            Waiting | AttemptSucceeded, from the future | UNKNOWN_ATTEMPT
            Waiting | QueueExpired | NOT_APPLICABLE
            Waiting | QueueExpired, stale | NOT_APPLICABLE
            Waiting | BackstopReached | NOT_APPLICABLE
            Waiting | WorkerLost | NOT_APPLICABLE
            Waiting | WorkerLost, another | NOT_APPLICABLE
            Waiting | Redrive | NOT_APPLICABLE
            Waiting | Stopped | CANCELLED [Publish]
            Dispatched | Dispatch | DUPLICATE
            Dispatched | AttemptClaimed | Running [WatchClaim]
            Dispatched | AttemptProgress | NOT_APPLICABLE
            Dispatched | AttemptSucceeded | SUCCEEDED [Publish]
            Dispatched | AttemptFailed, retryable | BackingOff [RetryAt]
            Dispatched | AttemptFailed, permanent | FAILED [Publish, Bury]
            Dispatched | AttemptFailed, timed out | TIMED_OUT [Publish, Bury]
            Dispatched | AttemptReleased, drain | BackingOff [RetryAt]
            Dispatched | AttemptReleased, late | TIMED_OUT [Publish, Bury]
            Dispatched | AttemptReleased, unavailable | BackingOff [RetryAt]
            Dispatched | AttemptClaimed by another | Running [WatchClaim]
            Dispatched | AttemptSucceeded by another | SUCCEEDED [Publish]
            Dispatched | AttemptSucceeded, stale | STALE_ATTEMPT
            Dispatched | AttemptClaimed, stale | STALE_ATTEMPT [StopWorker]
            Dispatched | AttemptSucceeded, from the future | UNKNOWN_ATTEMPT
            Dispatched | QueueExpired | TIMED_OUT [Publish, Bury]
            Dispatched | QueueExpired, stale | NOT_APPLICABLE
            Dispatched | BackstopReached | NOT_APPLICABLE
            Dispatched | WorkerLost | NOT_APPLICABLE
            Dispatched | WorkerLost, another | NOT_APPLICABLE
            Dispatched | Redrive | NOT_APPLICABLE
            Dispatched | Stopped | CANCELLED [Publish]
            Running | Dispatch | DUPLICATE
            Running | AttemptClaimed | DUPLICATE
            Running | AttemptProgress | NOT_APPLICABLE
            Running | AttemptSucceeded | SUCCEEDED [Publish]
            Running | AttemptFailed, retryable | BackingOff [RetryAt]
            Running | AttemptFailed, permanent | FAILED [Publish, Bury]
            Running | AttemptFailed, timed out | TIMED_OUT [Publish, Bury]
            Running | AttemptReleased, drain | BackingOff [RetryAt]
            Running | AttemptReleased, late | TIMED_OUT [Publish, Bury]
            Running | AttemptReleased, unavailable | BackingOff [RetryAt]
            Running | AttemptClaimed by another | NOT_OWNER [StopWorker]
            Running | AttemptSucceeded by another | NOT_OWNER
            Running | AttemptSucceeded, stale | STALE_ATTEMPT
            Running | AttemptClaimed, stale | STALE_ATTEMPT [StopWorker]
            Running | AttemptSucceeded, from the future | UNKNOWN_ATTEMPT
            Running | QueueExpired | NOT_APPLICABLE
            Running | QueueExpired, stale | NOT_APPLICABLE
            Running | BackstopReached | BackingOff [StopWorker, RetryAt]
            Running | WorkerLost | BackingOff [StopWorker, RetryAt]
            Running | WorkerLost, another | NOT_APPLICABLE
            Running | Redrive | NOT_APPLICABLE
            Running | Stopped | CANCELLED [Publish]
            BackingOff | Dispatch | Dispatched [Assign]
            BackingOff | AttemptClaimed | STALE_ATTEMPT [StopWorker]
            BackingOff | AttemptProgress | STALE_ATTEMPT
            BackingOff | AttemptSucceeded | STALE_ATTEMPT
            BackingOff | AttemptFailed, retryable | STALE_ATTEMPT
            BackingOff | AttemptFailed, permanent | STALE_ATTEMPT
            BackingOff | AttemptFailed, timed out | STALE_ATTEMPT
            BackingOff | AttemptReleased, drain | STALE_ATTEMPT
            BackingOff | AttemptReleased, late | STALE_ATTEMPT
            BackingOff | AttemptReleased, unavailable | STALE_ATTEMPT
            BackingOff | AttemptClaimed by another | STALE_ATTEMPT [StopWorker]
            BackingOff | AttemptSucceeded by another | STALE_ATTEMPT
            BackingOff | AttemptSucceeded, stale | STALE_ATTEMPT
            BackingOff | AttemptClaimed, stale | STALE_ATTEMPT [StopWorker]
            BackingOff | AttemptSucceeded, from the future | UNKNOWN_ATTEMPT
            BackingOff | QueueExpired | NOT_APPLICABLE
            BackingOff | QueueExpired, stale | NOT_APPLICABLE
            BackingOff | BackstopReached | NOT_APPLICABLE
            BackingOff | WorkerLost | NOT_APPLICABLE
            BackingOff | WorkerLost, another | NOT_APPLICABLE
            BackingOff | Redrive | NOT_APPLICABLE
            BackingOff | Stopped | CANCELLED [Publish]
            BackingOff, not due | Dispatch | NOT_APPLICABLE
            BackingOff, not due | AttemptClaimed | STALE_ATTEMPT [StopWorker]
            BackingOff, not due | AttemptProgress | STALE_ATTEMPT
            BackingOff, not due | AttemptSucceeded | STALE_ATTEMPT
            BackingOff, not due | AttemptFailed, retryable | STALE_ATTEMPT
            BackingOff, not due | AttemptFailed, permanent | STALE_ATTEMPT
            BackingOff, not due | AttemptFailed, timed out | STALE_ATTEMPT
            BackingOff, not due | AttemptReleased, drain | STALE_ATTEMPT
            BackingOff, not due | AttemptReleased, late | STALE_ATTEMPT
            BackingOff, not due | AttemptReleased, unavailable | STALE_ATTEMPT
            BackingOff, not due | AttemptClaimed by another | STALE_ATTEMPT [StopWorker]
            BackingOff, not due | AttemptSucceeded by another | STALE_ATTEMPT
            BackingOff, not due | AttemptSucceeded, stale | STALE_ATTEMPT
            BackingOff, not due | AttemptClaimed, stale | STALE_ATTEMPT [StopWorker]
            BackingOff, not due | AttemptSucceeded, from the future | UNKNOWN_ATTEMPT
            BackingOff, not due | QueueExpired | NOT_APPLICABLE
            BackingOff, not due | QueueExpired, stale | NOT_APPLICABLE
            BackingOff, not due | BackstopReached | NOT_APPLICABLE
            BackingOff, not due | WorkerLost | NOT_APPLICABLE
            BackingOff, not due | WorkerLost, another | NOT_APPLICABLE
            BackingOff, not due | Redrive | NOT_APPLICABLE
            BackingOff, not due | Stopped | CANCELLED [Publish]
            Settled | Dispatch | ALREADY_SETTLED
            Settled | AttemptClaimed | ALREADY_SETTLED [StopWorker]
            Settled | AttemptProgress | ALREADY_SETTLED
            Settled | AttemptSucceeded | ALREADY_SETTLED
            Settled | AttemptFailed, retryable | ALREADY_SETTLED
            Settled | AttemptFailed, permanent | ALREADY_SETTLED
            Settled | AttemptFailed, timed out | ALREADY_SETTLED
            Settled | AttemptReleased, drain | ALREADY_SETTLED
            Settled | AttemptReleased, late | ALREADY_SETTLED
            Settled | AttemptReleased, unavailable | ALREADY_SETTLED
            Settled | AttemptClaimed by another | ALREADY_SETTLED [StopWorker]
            Settled | AttemptSucceeded by another | ALREADY_SETTLED
            Settled | AttemptSucceeded, stale | ALREADY_SETTLED
            Settled | AttemptClaimed, stale | ALREADY_SETTLED [StopWorker]
            Settled | AttemptSucceeded, from the future | ALREADY_SETTLED
            Settled | QueueExpired | ALREADY_SETTLED
            Settled | QueueExpired, stale | ALREADY_SETTLED
            Settled | BackstopReached | ALREADY_SETTLED
            Settled | WorkerLost | ALREADY_SETTLED
            Settled | WorkerLost, another | ALREADY_SETTLED
            Settled | Redrive | BackingOff [KeepOutcome, RetryAt]
            Settled | Stopped | ALREADY_SETTLED
            """;

    @Test
    void decidesEveryCellOfTheMatrix() {
        TaskFacts facts = TaskSamples.facts(Duration.ofMinutes(1), 3);
        List<String> rows = new ArrayList<>();
        TaskSamples.states()
                .forEach((stateName, state) -> TaskSamples.events()
                        .forEach((eventName, event) -> rows.add(stateName + " | " + eventName + " | "
                                + told(TaskMachine.decide(facts, state, event, NOW)))));

        assertThat(String.join("\n", rows) + "\n").isEqualTo(MATRIX);
    }

    @Test
    void onlyALongerWaitOfTheOwnersClockCounts() {
        TaskState running = TaskSamples.state("Running");
        Duration minute = Duration.ofMinutes(1);
        var waited = (TaskDecision.Applied)
                TaskMachine.decide(TaskSamples.facts(minute, 3), running, waited(OWNER, minute), NOW);

        assertThat(waited.effects()).isEmpty();
        assertThat(((TaskState.Running) waited.next()).overdueAt(NOW, minute))
                .isEqualTo(NOW.plus(minute.multipliedBy(2)));
        for (TaskEvent event :
                List.of(waited(OWNER, minute), waited(OWNER, Duration.ZERO), waited("another", Duration.ofHours(1)))) {
            assertThat(TaskMachine.decide(TaskSamples.facts(minute, 3), waited.next(), event, NOW))
                    .isInstanceOf(TaskDecision.Ignored.class);
        }
    }

    private static TaskEvent waited(String worker, Duration span) {
        return TaskSamples.reported(new AttemptProgress(TASK, 2, worker, null, null, span));
    }

    @Test
    void samplesCoverEveryKindOfStateAndEvent() {
        assertThat(kinds(TaskSamples.states().values().stream()))
                .isEqualTo(Set.of(TaskState.class.getPermittedSubclasses()));
        assertThat(kinds(TaskSamples.events().values().stream()))
                .isEqualTo(Set.of(TaskEvent.class.getPermittedSubclasses()));
    }

    @Test
    void dispatchesAgainWithoutAFailureWhenNothingIsHeardAndNoQueueTimeoutIsSet() {
        TaskState dispatched = TaskSamples.state("Dispatched");

        TaskDecision decision =
                TaskMachine.decide(TaskSamples.facts(null, 3), dispatched, new TaskEvent.QueueExpired(2), NOW);

        assertThat(decision)
                .isEqualTo(new TaskDecision.Applied(
                        new TaskState.BackingOff(2, 1, NOW, null, SPENT), List.of(new TaskEffect.RetryAt(NOW))));
    }

    @Test
    void waitsAsLongAsAskedWithoutAFailureWhenNoWorkerCanDoItNow() {
        var released =
                new AttemptReleased(TASK, 2, OWNER, ReleaseReason.UNAVAILABLE, null, null, TaskSamples.UNAVAILABLE);

        TaskDecision decision = TaskMachine.decide(
                TaskSamples.facts(null, 3), TaskSamples.state("Running"), TaskSamples.reported(released), NOW);

        Instant at = NOW.plusSeconds(60);
        assertThat(decision)
                .isEqualTo(new TaskDecision.Applied(
                        new TaskState.BackingOff(2, 1, at, TaskSamples.UNAVAILABLE, SPENT),
                        List.of(new TaskEffect.RetryAt(at))));
    }

    @Test
    void neverGoesRoundAtOnceWhenNoWorkerCanDoItNow() {
        var released = new AttemptReleased(TASK, 2, OWNER, ReleaseReason.UNAVAILABLE);

        TaskDecision decision = TaskMachine.decide(
                TaskSamples.facts(null, 3), TaskSamples.state("Running"), TaskSamples.reported(released), NOW);

        assertThat(((TaskDecision.Applied) decision).effects())
                .containsExactly(new TaskEffect.RetryAt(NOW.plusSeconds(1)));
    }

    @Test
    void failsForGoodAtTheLastFailureAllowed() {
        TaskState running = TaskSamples.state("Running");
        TaskEvent failed = TaskSamples.reported(TaskSamples.failed(2, OWNER, TaskSamples.BLIP, true));

        TaskDecision.Applied decision =
                (TaskDecision.Applied) TaskMachine.decide(TaskSamples.facts(null, 2), running, failed, NOW);

        assertThat(decision.next()).isInstanceOfSatisfying(TaskState.Settled.class, settled -> {
            assertThat(settled.outcome().status()).isEqualTo(TaskStatus.TIMED_OUT);
            assertThat(settled.failures()).isEqualTo(2);
        });
        assertThat(decision.effects()).hasAtLeastOneElementOfType(TaskEffect.Bury.class);
    }

    @Test
    void addsUpWhatEveryAttemptUsed() {
        Cost cost = new Cost(1_000, 200, 3_000_000_001L);
        TaskState state = TaskState.WAITING;
        Instant now = NOW;
        for (TaskEvent event : List.of(
                new TaskEvent.Dispatch("default"),
                TaskSamples.reported(
                        new AttemptFailed(TASK, 1, OWNER, TaskSamples.BLIP, false, Duration.ofMillis(5), cost)),
                new TaskEvent.Dispatch("default"),
                TaskSamples.reported(new AttemptReleased(TASK, 2, OWNER, ReleaseReason.DRAIN, null, cost)),
                new TaskEvent.Dispatch("default"),
                TaskSamples.reported(new AttemptClaimed(TASK, 3, OWNER)),
                TaskSamples.reported(new AttemptSucceeded(TASK, 3, OWNER, Payload.NULL, Duration.ofMillis(5), cost)))) {
            now = now.plus(Duration.ofDays(1));
            TaskDecision decision = TaskMachine.decide(TaskSamples.facts(null, 3), state, event, now);
            state = ((TaskDecision.Applied) decision).next();
        }

        assertThat(state)
                .isInstanceOfSatisfying(
                        TaskState.Settled.class,
                        settled ->
                                assertThat(settled.outcome().cost()).isEqualTo(new Cost(3_000, 600, 9_000_000_003L)));
    }

    @Test
    void keepsWhatWasUsedWhenTheWorkerIsLost() {
        TaskDecision.Applied decision = (TaskDecision.Applied) TaskMachine.decide(
                TaskSamples.facts(null, 9),
                TaskSamples.state("Running"),
                new TaskEvent.WorkerLost(2, OWNER, How.SILENT),
                NOW);

        assertThat(decision.next().spent()).isEqualTo(SPENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 30})
    void waitsLongerWithEveryFailureUpToTheLongestWait(int failures) {
        TaskFacts facts = TaskSamples.facts(null, 100);

        Instant retryAt =
                Backoff.retryAt(Objects.requireNonNull(facts.options().retry()), TASK, failures, TaskSamples.BLIP, NOW);

        double full = Math.min(1000 * Math.pow(2, failures - 1.0), 60_000);
        assertThat(Duration.between(NOW, retryAt).toMillis()).isBetween((long) (full * 0.8) - 1, (long) full + 1);
    }

    @Test
    void neverRetriesBeforeTheFailureAllows() {
        Failure limited = new Failure(
                "RATE_LIMITED", "later", true, Duration.ofSeconds(90).plusNanos(1));

        Instant retryAt = Backoff.retryAt(
                Objects.requireNonNull(TaskSamples.facts(null, 3).options().retry()), TASK, 1, limited, NOW);

        assertThat(retryAt).isEqualTo(NOW.plusSeconds(90));
    }

    private static String told(TaskDecision decision) {
        return switch (decision) {
            case TaskDecision.Ignored ignored -> ignored.reason() + told(ignored.effects());
            case TaskDecision.Applied applied ->
                (applied.next() instanceof TaskState.Settled settled
                                ? settled.outcome().status().name()
                                : applied.next().getClass().getSimpleName())
                        + told(applied.effects());
        };
    }

    private static String told(List<TaskEffect> effects) {
        return effects.isEmpty()
                ? ""
                : effects.stream()
                        .map(effect -> effect.getClass().getSimpleName())
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    private static Set<Class<?>> kinds(Stream<?> values) {
        return values.map(Object::getClass).collect(Collectors.toSet());
    }
}
