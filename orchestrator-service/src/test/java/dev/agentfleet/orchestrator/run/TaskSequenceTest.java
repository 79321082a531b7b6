package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold for any sequence of events, tried on seeded random ones. The seed is the test's parameter. */
class TaskSequenceTest {

    private static final int SEQUENCES = 2_000;
    private static final int LENGTH = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20260102, 987654321})
    void lawsHoldForEverySequence(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SEQUENCES; i++) {
            TaskFacts facts =
                    TaskSamples.facts(random.nextBoolean() ? Duration.ofMinutes(1) : null, 1 + random.nextInt(4));
            List<Step> steps = play(facts, random);
            assertThat(replay(facts, steps))
                    .as("replay, seed %d", seed)
                    .isEqualTo(steps.getLast().after());
        }
    }

    private record Step(TaskEvent event, Instant at, TaskState after) {}

    private static List<Step> play(TaskFacts facts, Random random) {
        List<Step> steps = new ArrayList<>();
        List<TaskOutcome> published = new ArrayList<>();
        TaskState state = TaskState.WAITING;
        Instant now = TaskSamples.NOW;
        for (int i = 0; i < LENGTH; i++) {
            now = now.plusMillis(random.nextInt(2_000));
            TaskEvent event = event(state, random);
            TaskState before = state;
            state = step(facts, before, event, now, published);
            assertThat(state.attempt()).as("attempts never decrease").isGreaterThanOrEqualTo(before.attempt());
            assertThat(state.failures()).as("failures never exceed attempts").isLessThanOrEqualTo(state.attempt());
            if (before instanceof TaskState.Settled) {
                assertThat(state).as("an outcome is final").isEqualTo(before);
            }
            assertThat(TaskMachine.decide(facts, state, event, now))
                    .as("the same event a second time: %s after %s", event, before)
                    .isInstanceOf(TaskDecision.Ignored.class);
            steps.add(new Step(event, now, state));
        }
        assertThat(published).as("outcomes published").hasSizeLessThanOrEqualTo(1);
        return steps;
    }

    private static TaskState step(
            TaskFacts facts, TaskState before, TaskEvent event, Instant now, List<TaskOutcome> published) {
        return switch (TaskMachine.decide(facts, before, event, now)) {
            case TaskDecision.Ignored ignored -> before;
            case TaskDecision.Applied applied -> {
                applied.effects().forEach(effect -> {
                    if (effect instanceof TaskEffect.Publish publish) {
                        published.add(publish.outcome());
                    }
                });
                yield applied.next();
            }
        };
    }

    private static TaskState replay(TaskFacts facts, List<Step> steps) {
        TaskState state = TaskState.WAITING;
        for (Step step : steps) {
            state = step(facts, state, step.event(), step.at(), new ArrayList<>());
        }
        return state;
    }

    /** Mostly something that fits the current attempt, sometimes anything. */
    private static TaskEvent event(TaskState state, Random random) {
        int attempt = Math.max(1, random.nextInt(8) == 0 ? random.nextInt(5) : state.attempt());
        String worker = random.nextInt(4) == 0 ? TaskSamples.OTHER : TaskSamples.OWNER;
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new TaskEvent.Dispatch("default");
            case 3 ->
                TaskSamples.reported(new dev.agentfleet.contract.AttemptClaimed(TaskSamples.TASK, attempt, worker));
            case 4 ->
                random.nextInt(3) == 0
                        ? TaskSamples.reported(TaskSamples.succeeded(attempt, worker))
                        : new TaskEvent.QueueExpired(attempt);
            case 5, 6 ->
                TaskSamples.reported(TaskSamples.failed(attempt, worker, TaskSamples.BLIP, random.nextBoolean()));
            case 7 ->
                TaskSamples.reported(new dev.agentfleet.contract.AttemptReleased(
                        TaskSamples.TASK, attempt, worker, dev.agentfleet.contract.ReleaseReason.DRAIN));
            case 8 ->
                random.nextBoolean()
                        ? new TaskEvent.WorkerLost(attempt, worker, How.SILENT)
                        : new TaskEvent.BackstopReached(attempt);
            default ->
                random.nextInt(6) == 0 ? new TaskEvent.Stopped(Stop.Cause.CANCEL) : new TaskEvent.QueueExpired(attempt);
        };
    }
}
