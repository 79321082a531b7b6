package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.FailurePolicy;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.StartAfter;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunMachineTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RunId RUN = new RunId("run-1");
    private static final RunMachine MACHINE = new RunMachine(new AdmissionRules(Set.of("default"), Map.of(), 10));

    @Test
    void decidesEveryCellOfTheMatrix() {
        List<String> rows = new ArrayList<>();
        phases().forEach((phase, run) -> events().forEach((name, event) ->
                rows.add(phase + " | " + name + " | " + told(MACHINE.decide(run, event, NOW)))));

        assertThat(String.join("\n", rows) + "\n").isEqualTo(RunMatrix.EXPECTED);
    }

    @Test
    void samplesCoverEveryPhaseAndKindOfEvent() {
        assertThat(phases().values().stream()
                        .filter(Objects::nonNull)
                        .map(Run::phase)
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of(RunPhase.values()));
        assertThat(events().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Stream.of(RunEvent.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void completesWithTheLastOutcome() {
        Run run = settle(batch(null), 0, TaskStatus.SUCCEEDED);

        RunDecision.Applied last = applied(run, moved(1, TaskStatus.FAILED));

        assertThat(last.effects()).containsExactly(new RunEffect.Complete());
        assertThat(last.next()).satisfies(done -> {
            assertThat(Objects.requireNonNull(done).status()).isEqualTo(RunStatus.FAILED);
            assertThat(done.progress().counts().total()).isEqualTo(2);
            assertThat(done.progress().failed()).containsExactly(1);
        });
    }

    @Test
    void stopsTheRestAtTheFirstFailureOfAFailFastRun() {
        RunDecision.Applied decision = applied(failFast(), moved(0, TaskStatus.TIMED_OUT));

        assertThat(decision.effects()).containsExactly(new RunEffect.StopWorkers("task run-1/0 ended TIMED_OUT"));
        assertThat(Objects.requireNonNull(decision.next()).phase()).isEqualTo(RunPhase.STOPPING);
    }

    @Test
    void sealsOnceTheMissingChunkIsThere() {
        Run open = Objects.requireNonNull(phases().get("COLLECTING"));
        Run sealed = Objects.requireNonNull(applied(open, seal(1, 3)).next());
        assertThat(sealed.phase()).isEqualTo(RunPhase.COLLECTING);

        RunDecision.Applied decision = applied(sealed, chunk(1, 3, null));

        assertThat(Objects.requireNonNull(decision.next()).phase()).isEqualTo(RunPhase.RUNNING);
    }

    @Test
    void failsARunWhoseSealSaysAnotherDigest() {
        Run open = Objects.requireNonNull(phases().get("COLLECTING"));
        Run full = Objects.requireNonNull(applied(open, chunk(1, 3, null)).next());

        RunDecision decision =
                MACHINE.decide(full, new RunEvent.SealReceived(new SealRun(RUN, 1, 3, "f".repeat(64))), NOW);

        assertThat(((RunDecision.Applied) decision).next()).satisfies(run -> {
            assertThat(Objects.requireNonNull(run).stop()).isNotNull();
            assertThat(Objects.requireNonNull(run.stop()).reason()).contains("another digest");
        });
    }

    @Test
    void countsWhatEachAttemptOfATaskUsedOnce() {
        Cost first = new Cost(10, 1, 5);
        Cost both = new Cost(30, 3, 15);
        TaskState dispatched = new TaskState.Dispatched("default", 1, 0, NOW, null);
        TaskState failed = new TaskState.BackingOff(1, 1, NOW, null, first);
        TaskState again = new TaskState.Dispatched("default", 2, 1, NOW, first);
        TaskState failedAgain = new TaskState.BackingOff(2, 2, NOW, null, both);

        Progress progress = Progress.NONE
                .moved(0, TaskState.WAITING, dispatched, null)
                .moved(0, dispatched, failed, null)
                .moved(0, failed, again, null)
                .moved(0, again, failedAgain, null)
                .moved(1, TaskState.WAITING, failed, null);

        assertThat(progress.cost()).isEqualTo(new Cost(40, 4, 20));
    }

    @Test
    void bindsTheNumberOfTasksInFlightToTheConcurrency() {
        Run run = batch(new RunOptions(1, null, null, null, null, null));
        assertThat(run.hasRoom()).isTrue();

        Run busy = run.with(
                run.progress().moved(0, TaskState.WAITING, new TaskState.Dispatched("default", 1, 0, NOW, null), null));

        assertThat(busy.hasRoom()).isFalse();
    }

    @Test
    void aRevisionEndsWhenItsTasksWereLookedThroughAndHaveOutcomes() {
        Run redriven = Objects.requireNonNull(phases().get("RUNNING, redriven"));

        RunDecision.Applied end = applied(redriven, new RunEvent.RedriveWalked(2, 0, List.of()));

        assertThat(end.effects()).containsExactly(new RunEffect.Complete());
        assertThat(Objects.requireNonNull(end.next()).revision()).isEqualTo(2);
    }

    @Test
    void opensNoMoreThanTenRevisions() {
        Run run = Objects.requireNonNull(phases().get("COMPLETED"));
        for (int revision = 2; revision <= 10; revision++) {
            Run open = Objects.requireNonNull(applied(run, redrive(null, null)).next());
            run = Objects.requireNonNull(
                    applied(open, new RunEvent.RedriveWalked(2, 0, List.of())).next());
        }

        assertThat(run.revision()).isEqualTo(10);
        assertThat(MACHINE.decide(run, redrive(null, null), NOW)).isInstanceOf(RunDecision.Rejected.class);
    }

    @Test
    void refusesToRedriveARunThatIsPurgedAndSaysSo() {
        Run purging = Objects.requireNonNull(phases().get("PURGING"));

        RunDecision decision = MACHINE.decide(purging, redrive(2, null), NOW);

        assertThat(decision)
                .isEqualTo(
                        new RunDecision.Rejected("runId: 'run-1' is purged: finished runs are kept for a time only"));
    }

    @Test
    void goesThroughThePartsOfARunInOrder() {
        List<Purge.Part> parts = new ArrayList<>();
        for (Purge purge = Purge.BEGUN; purge != null; purge = purge.following()) {
            parts.add(purge.part());
            assertThat(purge.from()).isZero();
        }

        assertThat(parts).containsExactly(Purge.Part.values());
    }

    @Test
    void hasNoRoomWhileItIsHeldAndCountsItsDeadlineFromTheStart() {
        Run held = Objects.requireNonNull(phases().get("HELD, complete"));
        Instant start = NOW.plus(Duration.ofHours(1));

        assertThat(held.hasRoom()).isFalse();
        assertThat(held.nextAlarm()).isEqualTo(start);
        Run started = Objects.requireNonNull(
                applied(held, new RunEvent.StartReached()).next());
        assertThat(started.hasRoom()).isTrue();
        assertThat(started.nextAlarm()).isEqualTo(start.plus(RunOptions.DEFAULT_DEADLINE));
    }

    @Test
    void isNotHeldForATimeThatHasPassed() {
        SubmitRun past = batchOf(1, RunOptions.DEFAULTS.startingAfter(new StartAfter.At(NOW)));

        assertThat(admitted(past).phase()).isEqualTo(RunPhase.RUNNING);
    }

    @Test
    void keepsNeighbouringDispatchesInOneSliceForTheQueueTimer() {
        Run run = batch(null);

        Run dispatched = run.dispatched(0, NOW).dispatched(1, NOW.plusSeconds(1));

        assertThat(dispatched.slices()).hasSize(1);
        assertThat(dispatched.sliceDueAt()).isAfterOrEqualTo(NOW.plusSeconds(1).plus(run.queueLimit()));
        assertThat(dispatched.checkedTo(1).slices())
                .extracting(DispatchSlice::from)
                .containsExactly(1);
        assertThat(dispatched.checkedTo(2).slices()).isEmpty();
    }

    static RunDecision decide(@Nullable Run run, RunEvent event) {
        return MACHINE.decide(run, event, NOW);
    }

    static Map<String, @Nullable Run> phases() {
        Map<String, @Nullable Run> phases = new LinkedHashMap<>();
        phases.put("none", null);
        phases.put("HELD", admittedAs(held(open()), "open"));
        phases.put("HELD, complete", admittedAs(held(batchOf(2, null)), "batch"));
        phases.put("COLLECTING", admitted(open()));
        Run running = batch(null);
        phases.put("RUNNING", running);
        phases.put("STOPPING", running.with(new Stop(Stop.Cause.CANCEL, "enough", true, 0)));
        Run completed = settle(settle(running, 0, TaskStatus.SUCCEEDED), 1, TaskStatus.SUCCEEDED);
        phases.put("COMPLETED", completed);
        phases.put(
                "RUNNING, redriven",
                Objects.requireNonNull(applied(completed, redrive(2, null)).next()));
        phases.put(
                "HELD, redriven",
                Objects.requireNonNull(applied(completed, redriveLater()).next()));
        phases.put(
                "PURGING",
                Objects.requireNonNull(
                        applied(completed, new RunEvent.RetentionPassed()).next()));
        return phases;
    }

    static Map<String, RunEvent> events() {
        SubmitRun batch = batchOf(2, null);
        SubmitRun elsewhere = new SubmitRun(RUN, "echo", Payload.NULL, "gpu", null, null, null);
        Map<String, RunEvent> events = new LinkedHashMap<>();
        events.put("Submitted", new RunEvent.Submitted(batch, "batch", null));
        events.put("Submitted open", new RunEvent.Submitted(open(), "open", null));
        events.put("Submitted to start later", new RunEvent.Submitted(held(batch), "held", null));
        events.put("Submitted after its cancel", new RunEvent.Submitted(batch, "batch", "enough"));
        events.put("Submitted to an unknown pool", new RunEvent.Submitted(elsewhere, "gpu", null));
        events.put("Submitted with other content", new RunEvent.Submitted(batch, "other", null));
        events.put("Appended", chunk(1, 3, null));
        events.put("Appended early", chunk(2, 3, null));
        events.put("Appended again", chunk(2, 3, "hash"));
        events.put("Appended with other content", chunk(1, 3, "another hash"));
        events.put("Appended too many", chunk(1, 11, null));
        events.put("SealReceived", seal(0, 1));
        events.put("SealReceived for more", seal(1, 3));
        events.put("SealReceived, wrong", seal(0, 5));
        events.put("CancelReceived", new RunEvent.CancelReceived("enough"));
        events.put("TaskMoved", moved(0, TaskStatus.SUCCEEDED));
        events.put("RedriveReceived", redrive(null, null));
        events.put("RedriveReceived for revision 2", redrive(2, null));
        events.put("RedriveReceived for revision 2, other", redrive(2, 7));
        events.put("RedriveReceived for revision 3", redrive(3, null));
        events.put("RedriveReceived to start later", redriveLater());
        events.put("RedriveWalked", new RunEvent.RedriveWalked(1, 0, List.of()));
        events.put("RedriveWalked to the end", new RunEvent.RedriveWalked(2, 0, List.of()));
        events.put("StartReached", new RunEvent.StartReached());
        events.put("DeadlinePassed", new RunEvent.DeadlinePassed());
        events.put("SealOverdue", new RunEvent.SealOverdue());
        events.put("RetentionPassed", new RunEvent.RetentionPassed());
        events.put("PurgeSwept", new RunEvent.PurgeSwept(Purge.BEGUN.to(1)));
        events.put("PurgeSwept to the end", new RunEvent.PurgeSwept(null));
        return events;
    }

    static Run failFast() {
        return batch(new RunOptions(null, null, null, null, FailurePolicy.FAIL_FAST, null));
    }

    /** A run of two tasks of which one is left. */
    static Run lastTask(Stop.@Nullable Cause cause) {
        Run run = cause == null ? batch(null) : batch(null).with(new Stop(cause, "enough", true, 0));
        return settle(run, 0, TaskStatus.CANCELLED);
    }

    private static SubmitRun open() {
        return new SubmitRun(RUN, null, null, null, List.of(TaskSpec.of("echo", Payload.NULL)), null, true);
    }

    private static SubmitRun held(SubmitRun run) {
        return new SubmitRun(
                RUN,
                run.agent(),
                run.input(),
                run.pool(),
                run.tasks(),
                RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofHours(1))),
                run.open());
    }

    private static SubmitRun batchOf(int tasks, @Nullable RunOptions options) {
        return SubmitRun.batch(RUN, Collections.nCopies(tasks, TaskSpec.of("echo", Payload.NULL)), options);
    }

    private static Run batch(@Nullable RunOptions options) {
        return admittedAs(batchOf(2, options), "batch");
    }

    private static Run admitted(SubmitRun submit) {
        return admittedAs(submit, "open");
    }

    private static Run admittedAs(SubmitRun submit, String hash) {
        RunDecision decision = MACHINE.decide(null, new RunEvent.Submitted(submit, hash, null), NOW);
        return Objects.requireNonNull(((RunDecision.Applied) decision).next());
    }

    private static RunEvent.Appended chunk(int number, int tasks, @Nullable String knownHash) {
        List<TaskSpec> specs = Collections.nCopies(tasks == 3 ? 2 : tasks, TaskSpec.of("echo", Payload.NULL));
        return new RunEvent.Appended(new AppendTasks(RUN, number, specs), "hash", knownHash, "d".repeat(64));
    }

    private static RunEvent redriveLater() {
        return new RunEvent.RedriveReceived(new RedriveTasks(RUN, 2, null, null, null, Duration.ofSeconds(20)));
    }

    private static RunEvent redrive(@Nullable Integer revision, @Nullable Integer max) {
        return new RunEvent.RedriveReceived(new RedriveTasks(RUN, revision, null, null, max));
    }

    private static RunEvent seal(int chunks, int tasks) {
        return new RunEvent.SealReceived(new SealRun(RUN, chunks, tasks, null));
    }

    static RunEvent.TaskMoved moved(int index, TaskStatus status) {
        TaskId task = new TaskId(RUN, index);
        TaskOutcome outcome = new TaskOutcome(RUN, task, 1, status, 1, "echo", null, null, null, null, null, NOW);
        return new RunEvent.TaskMoved(
                index, new TaskState.Dispatched("default", 1, 0, NOW, null), new TaskState.Settled(outcome, 0), null);
    }

    private static Run settle(Run run, int index, TaskStatus status) {
        return Objects.requireNonNull(applied(run, moved(index, status)).next());
    }

    private static RunDecision.Applied applied(Run run, RunEvent event) {
        return (RunDecision.Applied) MACHINE.decide(run, event, NOW);
    }

    private static String told(RunDecision decision) {
        return switch (decision) {
            case RunDecision.Ignored ignored -> ignored.reason().name();
            case RunDecision.Rejected r -> "rejected";
            case RunDecision.Applied applied -> {
                String phase =
                        applied.next() == null ? "none" : applied.next().phase().name();
                yield phase
                        + (applied.effects().isEmpty()
                                ? ""
                                : applied.effects().stream()
                                        .map(effect -> effect.getClass().getSimpleName())
                                        .collect(Collectors.joining(", ", " [", "]")));
            }
        };
    }
}
