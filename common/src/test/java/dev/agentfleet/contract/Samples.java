package dev.agentfleet.contract;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One full sample per message, and the short forms a user types: what the golden files hold. */
public final class Samples {

    public static final RunId RUN = new RunId("run-1");
    public static final TaskId TASK = new TaskId(RUN, 7);
    public static final String WORKER = "worker-a1b2";
    private static final Lane LANE = new Lane("anthropic", "main", "claude-opus");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Payload INPUT = new Payload("{\"text\":\"hi\"}");
    private static final Failure FAILURE =
            new Failure("RATE_LIMITED", "the model answered 429", true, Duration.ofSeconds(12));

    private static final RunBudget BUDGET = new RunBudget(100_000L, new BigDecimal("2.5"));

    private static final Cost COST = new Cost(812, 90, 4_210_000);
    private static final Cost CACHED = new Cost(812, 90, 4_210_000, 600L, 200L);

    private Samples() {}

    public static RunOptions options() {
        return new RunOptions(
                7,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(2),
                FailurePolicy.FAIL_FAST,
                new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(20), 1.5, 0.1));
    }

    /** Samples by the name of their golden file. */
    public static Map<String, Message> all() {
        Map<String, Message> samples = new LinkedHashMap<>();
        samples.put("SubmitRun", SubmitRun.batch(RUN, List.of(taskSpec(), TaskSpec.of("echo", INPUT)), options()));
        samples.put("SubmitRun-single", SubmitRun.single(RUN, "echo", INPUT));
        samples.put(
                "SubmitRun-held",
                new SubmitRun(RUN, "echo", INPUT, null, null, options().startingAfter(new StartAfter.At(AT)), null));
        samples.put(
                "SubmitRun-budget",
                new SubmitRun(RUN, "echo", INPUT, null, null, options().within(BUDGET), null));
        samples.put("SubmitRun-open", new SubmitRun(RUN, "echo", null, "gpu", null, null, true));
        samples.put("AppendTasks", new AppendTasks(RUN, 1, List.of(taskSpec())));
        samples.put("SealRun", new SealRun(RUN, 1, 3, "0".repeat(64)));
        samples.put(
                "RedriveTasks",
                new RedriveTasks(
                        RUN,
                        2,
                        new RedriveFilter(Set.of(TaskStatus.FAILED), Set.of("EXIT_1"), Set.of("command")),
                        50,
                        1_000));
        samples.put("RedriveTasks-later", new RedriveTasks(RUN, 2, null, 50, null, Duration.ofSeconds(20)));
        samples.put("CancelRun", new CancelRun(RUN, 1, "no longer needed"));
        samples.put("StopAttempt", new StopAttempt(TASK, 2, WORKER, "another worker owns the attempt"));
        samples.put("LimitLane", new LimitLane(LANE, new QuotaLimits(600L, 400_000L, 80_000L)));
        samples.put("LimitLane-none", new LimitLane(LANE, QuotaLimits.NONE));
        samples.put("HoldLane", new HoldLane(LANE, Duration.ofSeconds(20), "429"));
        samples.put(
                "AskPermits",
                new AskPermits(
                        LANE,
                        WORKER,
                        12,
                        new QuotaAmount(3, 2_400, 900),
                        QuotaAmount.call(800, 300),
                        List.of(new AskPermits.SpentGrant(11, 140, new QuotaAmount(2, 1_600, 600))),
                        List.of(new AskPermits.TokenCorrection(AT, 12, -150)),
                        new RateSnapshot(420L, 300_000L, null, Duration.ofSeconds(40))));
        samples.put(
                "PermitsGranted",
                new PermitsGranted(
                        LANE,
                        WORKER,
                        12,
                        new QuotaAmount(3, 2_400, 900),
                        AT,
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        new QuotaAmount(597, 397_600, 79_100)));
        samples.put(
                "ReserveBudget",
                new ReserveBudget(
                        RUN, WORKER, 12, new BudgetAmount(4_300, 64_500_000), BUDGET, Duration.ofSeconds(70)));
        samples.put("SettleBudget", new SettleBudget(RUN, WORKER, 12, new BudgetAmount(1_210, 9_150_000)));
        samples.put("ForgetBudget", new ForgetBudget(RUN));
        samples.put(
                "BudgetReserved",
                new BudgetReserved(
                        RUN,
                        WORKER,
                        12,
                        BudgetReserved.Verdict.WAIT,
                        new BudgetAmount(91_000, 0),
                        Duration.ofMillis(250)));
        samples.put("TaskAssignment", new TaskAssignment(TASK, 2, 1, "echo", INPUT, Duration.ofSeconds(30), AT));
        samples.put(
                "TaskAssignment-budget",
                new TaskAssignment(TASK, 2, 1, "echo", INPUT, Duration.ofSeconds(30), AT, BUDGET));
        samples.put("AttemptClaimed", new AttemptClaimed(TASK, 2, WORKER));
        samples.put("AttemptProgress", new AttemptProgress(TASK, 2, WORKER, 0.5, "half way"));
        samples.put("AttemptProgress-waited", new AttemptProgress(TASK, 2, WORKER, null, null, Duration.ofSeconds(61)));
        samples.put("AttemptSucceeded", new AttemptSucceeded(TASK, 2, WORKER, INPUT, Duration.ofMillis(1500)));
        samples.put("AttemptFailed", new AttemptFailed(TASK, 2, WORKER, FAILURE, false, Duration.ofMillis(1500)));
        samples.put("AttemptReleased", new AttemptReleased(TASK, 2, WORKER, ReleaseReason.DRAIN));
        samples.put(
                "AttemptSucceeded-cost", new AttemptSucceeded(TASK, 2, WORKER, INPUT, Duration.ofMillis(1500), COST));
        samples.put(
                "AttemptSucceeded-cost-cache",
                new AttemptSucceeded(TASK, 2, WORKER, INPUT, Duration.ofMillis(1500), CACHED));
        samples.put(
                "AttemptFailed-cost",
                new AttemptFailed(TASK, 2, WORKER, FAILURE, false, Duration.ofMillis(1500), COST));
        samples.put("AttemptReleased-cost", new AttemptReleased(TASK, 2, WORKER, ReleaseReason.DRAIN, null, COST));
        samples.put(
                "AttemptReleased-stopped",
                new AttemptReleased(TASK, 2, WORKER, ReleaseReason.STOPPED, Duration.ofMillis(1500), COST));
        samples.put(
                "AttemptReleased-unavailable",
                new AttemptReleased(
                        TASK, 2, WORKER, ReleaseReason.UNAVAILABLE, Duration.ofMillis(1500), COST, FAILURE));
        samples.put("Tick", new Tick(42));
        samples.put("RunRejected", new RunRejected(RUN, "SubmitRun", "runId: 'run-1' names a run with other content"));
        samples.put(
                "TaskOutcome",
                new TaskOutcome(
                        RUN,
                        TASK,
                        1,
                        TaskStatus.SUCCEEDED,
                        2,
                        "echo",
                        INPUT,
                        null,
                        WORKER,
                        Duration.ofMillis(1500),
                        null,
                        AT));
        samples.put(
                "TaskOutcome-failed",
                new TaskOutcome(RUN, TASK, 1, TaskStatus.FAILED, 3, "echo", null, FAILURE, null, null, null, AT));
        samples.put(
                "TaskOutcome-cost",
                new TaskOutcome(
                        RUN,
                        TASK,
                        1,
                        TaskStatus.SUCCEEDED,
                        2,
                        "echo",
                        INPUT,
                        null,
                        WORKER,
                        Duration.ofMillis(1500),
                        COST,
                        AT));
        samples.put("RunCompleted", runCompleted(null, null));
        samples.put("RunCompleted-cost", runCompleted(COST, null));
        samples.put("RunCompleted-work", runCompleted(CACHED, work()));
        samples.put("WorkerHeartbeat", workerHeartbeat(null, null, null, null));
        samples.put("WorkerHeartbeat-span", workerHeartbeat(new HeldSpan("run-1/6#1", "run-1/7#2"), null, null, null));
        samples.put("WorkerHeartbeat-session", workerHeartbeat(null, Duration.ofSeconds(10), null, null));
        samples.put("WorkerHeartbeat-lost", workerHeartbeat(null, null, 1, null));
        samples.put("WorkerHeartbeat-sandbox", workerHeartbeat(null, null, null, "bwrap"));
        samples.put("DeadLetter", new DeadLetter(RUN, TASK, 1, "echo", INPUT, 3, TaskStatus.FAILED, FAILURE, AT));
        return samples;
    }

    private static WorkerHeartbeat workerHeartbeat(
            @Nullable HeldSpan span, @Nullable Duration session, @Nullable Integer lost, @Nullable String sandbox) {
        return new WorkerHeartbeat(
                WORKER,
                "0.1.0",
                "default",
                List.of(new WorkerHeartbeat.AgentInfo("echo", "1")),
                16,
                1,
                List.of(0, 1, 2),
                List.of("run-1/7#2"),
                span,
                false,
                session,
                lost,
                sandbox);
    }

    private static RunCompleted runCompleted(@Nullable Cost cost, @Nullable Work work) {
        return new RunCompleted(
                RUN,
                1,
                RunStatus.FAILED,
                8,
                new Counts(7, 1, 0, 0, 0),
                11,
                cost,
                work,
                List.of(new TaskFailure(TASK, TaskStatus.FAILED, FAILURE)),
                null,
                AT,
                AT.plusSeconds(60));
    }

    private static Work work() {
        return Work.of(
                new Effort(7, Duration.ofMillis(10_500), new Cost(600, 60, 3_000_000, 600L, null)),
                Map.of(
                        WasteCause.FAILED,
                        new Effort(3, Duration.ofMillis(4_500), new Cost(212, 30, 1_210_000, null, 200L)),
                        WasteCause.LEASE_LOST,
                        new Effort(1, Duration.ofSeconds(15), null)));
    }

    private static TaskSpec taskSpec() {
        return new TaskSpec("echo", INPUT, "gpu", Duration.ofSeconds(10));
    }
}
