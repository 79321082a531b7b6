package dev.agentfleet.orchestrator.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEffect;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.Stop;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import dev.agentfleet.orchestrator.run.TaskFacts;
import dev.agentfleet.orchestrator.run.TaskMachine;
import dev.agentfleet.orchestrator.run.TaskState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionCountsTest {

    private static final TaskId TASK = new TaskId(new RunId("r"), 0);
    private static final String WORKER = "worker-a";
    private static final Duration RAN = Duration.ofSeconds(3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CommittedCounts counts = new CommittedCounts();
    private final DecisionCounts decisions = new DecisionCounts(new Meters(registry), counts, Set.of("default"));
    private TaskState state = TaskState.WAITING;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void countsNothingBeforeItIsCommitted() {
        see(new TaskEvent.Dispatch("default"));
        double before = of(FleetMetric.ATTEMPTS_DISPATCHED, "pool", "default");
        counts.committed();

        assertThat(before).isZero();
        assertThat(of(FleetMetric.ATTEMPTS_DISPATCHED, "pool", "default")).isEqualTo(1);
    }

    @Test
    void countsOnceWhatIsDoneAgainAfterAnAbort() {
        see(new TaskEvent.Dispatch("default"));
        counts.aborted();
        state = TaskState.WAITING;
        see(new TaskEvent.Dispatch("default"));
        counts.committed();
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_DISPATCHED, "pool", "default")).isEqualTo(1);
    }

    @Test
    void booksAnAcceptedAttemptAndTheSecondResultAsWasted() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptSucceeded(TASK, 1, WORKER, Payload.NULL, RAN, new Cost(60, 20, 1_000_000_000))));
        see(reported(succeeded(1)));
        counts.committed();

        assertThat(of(FleetMetric.TOKENS_ACCEPTED)).isEqualTo(80);
        assertThat(of(FleetMetric.COST_ACCEPTED)).isEqualTo(1);
        assertThat(of(FleetMetric.TASKS_OUTCOMES, "status", "succeeded")).isEqualTo(1);
        assertThat(of(FleetMetric.ATTEMPTS_ACCEPTED)).isEqualTo(3);
        assertThat(of(FleetMetric.EVENTS_IGNORED, "reason", "already_settled")).isEqualTo(1);
        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "redelivered")).isEqualTo(3);
    }

    @Test
    void booksARetryThenTheDeadLetter() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(failed(1, Failure.retryable("FLAKY", "it is flaky"))));
        now = now.plusSeconds(3600);
        see(new TaskEvent.Dispatch("default"));
        see(reported(failed(2, Failure.permanent("BROKEN", "it is broken"))));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_RETRIED)).isEqualTo(1);
        assertThat(of(FleetMetric.DEAD_LETTERS, "kind", "task")).isEqualTo(1);
        assertThat(of(FleetMetric.TASKS_OUTCOMES, "status", "failed")).isEqualTo(1);
        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "failed")).isEqualTo(6);
    }

    @Test
    void countsAnAttemptThatNoWorkerCanDoNowAsReturnedAndNotAsRetried() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptReleased(
                TASK,
                1,
                WORKER,
                ReleaseReason.UNAVAILABLE,
                RAN,
                null,
                Failure.retryable("SPEND_LIMIT", "no money left"))));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_RETURNED)).isEqualTo(1);
        assertThat(of(FleetMetric.ATTEMPTS_RETRIED)).isZero();
    }

    @Test
    void booksTheTimeSinceTheClaimOfALostWorker() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, WORKER)));
        now = now.plusSeconds(20);
        see(new TaskEvent.WorkerLost(1, WORKER, How.SILENT));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "lease_lost")).isEqualTo(20);
    }

    @Test
    void aLateResultOfALostAttemptTellsWhatItSpentAndNoTimeTwice() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, WORKER)));
        now = now.plusSeconds(20);
        see(new TaskEvent.WorkerLost(1, WORKER, How.SILENT));
        see(reported(new AttemptSucceeded(TASK, 1, WORKER, Payload.NULL, RAN, new Cost(70, 30, 2_000_000_000))));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "lease_lost")).isEqualTo(20);
        assertThat(of(FleetMetric.TOKENS_WASTED, "cause", "lease_lost")).isEqualTo(100);
        assertThat(of(FleetMetric.COST_WASTED, "cause", "lease_lost")).isEqualTo(2);
        assertThat(of(FleetMetric.ATTEMPTS_ACCEPTED)).isZero();
    }

    @Test
    void anotherWorkersResultOfTheSameAttemptIsRedelivered() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, "worker-b")));
        see(reported(succeeded(1)));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "redelivered")).isEqualTo(3);
    }

    @Test
    void whoLosesAClaimTellsWhatItTookUntilItWasStopped() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, "worker-b")));
        see(reported(stopped()));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "redelivered")).isEqualTo(3);
        assertThat(of(FleetMetric.TOKENS_WASTED, "cause", "redelivered")).isEqualTo(100);
    }

    @Test
    void aCancelledAttemptTellsWhatItSpentBeforeOrAfterItsTaskIsCancelled() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, WORKER)));
        now = now.plusSeconds(7);
        see(new TaskEvent.Stopped(Stop.Cause.CANCEL));
        see(reported(stopped()));
        state = TaskState.WAITING;
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 1, WORKER)));
        now = now.plusSeconds(5);
        see(reported(stopped()));
        see(new TaskEvent.Stopped(Stop.Cause.CANCEL));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "cancelled"))
                .as("since its claim, 7 s, where nobody measured; and 3 s that its worker did")
                .isEqualTo(10);
        assertThat(of(FleetMetric.TOKENS_WASTED, "cause", "cancelled")).isEqualTo(200);
    }

    @Test
    void aTimeoutAndACancelAreCausesOfTheirOwn() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptFailed(TASK, 1, WORKER, Failure.retryable("TIMEOUT", "too long"), true, RAN)));
        now = now.plusSeconds(3600);
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptClaimed(TASK, 2, WORKER)));
        now = now.plusSeconds(7);
        see(new TaskEvent.Stopped(Stop.Cause.CANCEL));
        counts.committed();

        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "timed_out")).isEqualTo(3);
        assertThat(of(FleetMetric.ATTEMPTS_WASTED, "cause", "cancelled")).isEqualTo(7);
    }

    @Test
    void progressIsNoIgnoredEvent() {
        see(new TaskEvent.Dispatch("default"));
        see(reported(new AttemptProgress(TASK, 1, WORKER, 0.5, "half")));
        counts.committed();

        assertThat(of(FleetMetric.EVENTS_IGNORED, "reason", "not_applicable")).isZero();
    }

    @Test
    void countsARunAsPurgedWhenItIsGone() {
        RunEvent event = new RunEvent.PurgeSwept(null);
        decisions.run(event, new RunDecision.Applied(null, List.of(new RunEffect.Forget())));
        double before = of(FleetMetric.RUNS_PURGED);
        counts.committed();

        assertThat(before).isZero();
        assertThat(of(FleetMetric.RUNS_PURGED)).isEqualTo(1);
    }

    private void see(TaskEvent event) {
        TaskFacts facts = new TaskFacts(TASK, 1, "echo", RunOptions.orDefaults(null));
        TaskDecision decision = TaskMachine.decide(facts, state, event, now);
        decisions.task(state, event, decision, now);
        if (decision instanceof TaskDecision.Applied applied) {
            state = applied.next();
        }
    }

    private static TaskEvent reported(AttemptReport report) {
        return new TaskEvent.Reported(report);
    }

    private static AttemptReport succeeded(int attempt) {
        return new AttemptSucceeded(TASK, attempt, WORKER, Payload.NULL, RAN);
    }

    private static AttemptReleased stopped() {
        return new AttemptReleased(TASK, 1, WORKER, ReleaseReason.STOPPED, RAN, new Cost(70, 30, 2_000_000_000));
    }

    private static AttemptReport failed(int attempt, Failure failure) {
        return new AttemptFailed(TASK, attempt, WORKER, failure, false, RAN);
    }

    private double of(FleetMetric metric, String... tags) {
        return registry.get(metric.metricName()).tags(tags).counter().count();
    }
}
