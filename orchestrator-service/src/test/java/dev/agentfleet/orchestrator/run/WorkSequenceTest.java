package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.Work;
import dev.agentfleet.orchestrator.run.TaskEvent.WorkerLost.How;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a run says of its work adds up, whatever happens to its tasks: tried on seeded random sequences. The seed is the
 * test's parameter.
 */
class WorkSequenceTest {

    private static final int SEQUENCES = 500;
    private static final int LENGTH = 200;
    private static final int TASKS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20260102, 987654321})
    void everyAttemptAndEveryTokenIsBookedOnce(long seed) {
        Random random = new Random(seed);
        long late = 0;
        long accepted = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            Ledger ledger = new Ledger(random);
            for (int step = 0; step < LENGTH; step++) {
                ledger.step();
            }
            ledger.check();
            late += ledger.late;
            accepted += ledger.accepted;
        }
        assertThat(late).as("tokens told late").isPositive();
        assertThat(accepted).as("accepted attempts").isPositive();
    }

    /** A run of a few tasks, and beside it what is told of them. */
    private static final class Ledger {

        private final Random random;
        private final TaskFacts facts;
        private final TaskState[] tasks = new TaskState[TASKS];
        private Progress progress = Progress.NONE;
        private Instant now = TaskSamples.NOW;
        private long told;
        private long late;
        private long unknown;
        private long accepted;

        Ledger(Random random) {
            this.random = random;
            this.facts = TaskSamples.facts(random.nextBoolean() ? Duration.ofMinutes(1) : null, 1 + random.nextInt(3));
            Arrays.fill(tasks, TaskState.WAITING);
        }

        void step() {
            now = now.plusMillis(random.nextInt(5_000));
            int index = random.nextInt(TASKS);
            TaskState before = tasks[index];
            TaskEvent event = event(before);
            TaskDecision decision = TaskMachine.decide(facts, before, event, now);
            AttemptEnd end = AttemptEnd.of(before, event, decision, now);
            told += tokens(event);
            if (decision instanceof TaskDecision.Applied applied) {
                TaskState after = applied.next();
                assertThat(end != null)
                        .as("an attempt that leaves its place ends, and no other: %s at %s", event, before)
                        .isEqualTo(before.occupies() != null && after.occupies() == null);
                progress = progress.moved(index, before, after, end);
                tasks[index] = after;
                accepted += after instanceof TaskState.Settled settled
                                && settled.outcome().status() == TaskStatus.SUCCEEDED
                        ? 1
                        : 0;
            } else if (end == null) {
                unknown += tokens(event);
            } else {
                assertThat(end.wasted()).as("late").isNotNull();
                late += tokens(end.cost());
            }
        }

        void check() {
            if (progress.work() == null) {
                assertThat(progress.attempts()).isEqualTo(progress.inFlightTotal());
                return;
            }
            Work work = progress.work().toWork();
            assertThat(work.accepted().attempts()).as("accepted attempts").isEqualTo(accepted);
            assertThat(work.all().attempts())
                    .as("attempts that have ended")
                    .isEqualTo(progress.attempts() - progress.inFlightTotal());
            assertThat(work.all().cost()).as("the run's cost").isEqualTo(progress.cost());
            assertThat(tokens(work.accepted().cost()) + wasted(work.wasted()) + late + unknown)
                    .as("tokens that reports told of")
                    .isEqualTo(told);
        }

        private static long wasted(Map<?, Effort> wasted) {
            return wasted.values().stream()
                    .mapToLong(effort -> tokens(effort.cost()))
                    .sum();
        }

        private static long tokens(@Nullable Cost cost) {
            return cost == null ? 0 : cost.tokens();
        }

        private static long tokens(TaskEvent event) {
            return event instanceof TaskEvent.Reported(AttemptReport report)
                    ? switch (report) {
                        case AttemptSucceeded success -> tokens(success.cost());
                        case AttemptFailed failure -> tokens(failure.cost());
                        case AttemptReleased release -> tokens(release.cost());
                        default -> 0;
                    }
                    : 0;
        }

        private @Nullable Cost cost() {
            return random.nextInt(3) == 0
                    ? null
                    : new Cost(
                            random.nextInt(1_000),
                            random.nextInt(100),
                            random.nextInt(1_000),
                            (long) random.nextInt(3),
                            (long) random.nextInt(3));
        }

        /** Mostly something that fits the current attempt, sometimes anything. */
        private TaskEvent event(TaskState state) {
            int attempt = Math.max(1, random.nextInt(6) == 0 ? random.nextInt(6) : state.attempt());
            String worker = random.nextInt(4) == 0 ? TaskSamples.OTHER : TaskSamples.OWNER;
            return switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> new TaskEvent.Dispatch("default");
                case 4 -> TaskSamples.reported(new AttemptClaimed(TaskSamples.TASK, attempt, worker));
                case 5 ->
                    TaskSamples.reported(
                            new AttemptSucceeded(TaskSamples.TASK, attempt, worker, Payload.NULL, ran(), cost()));
                case 6 ->
                    TaskSamples.reported(new AttemptFailed(
                            TaskSamples.TASK, attempt, worker, TaskSamples.BLIP, random.nextBoolean(), ran(), cost()));
                case 7 ->
                    TaskSamples.reported(new AttemptReleased(
                            TaskSamples.TASK,
                            attempt,
                            worker,
                            ReleaseReason.values()[random.nextInt(ReleaseReason.values().length)],
                            random.nextBoolean() ? ran() : null,
                            cost()));
                case 8 ->
                    random.nextBoolean()
                            ? new TaskEvent.WorkerLost(attempt, worker, How.SILENT)
                            : new TaskEvent.BackstopReached(attempt);
                case 9 -> new TaskEvent.QueueExpired(attempt);
                case 10 -> new TaskEvent.Redrive();
                default ->
                    random.nextInt(4) == 0
                            ? new TaskEvent.Stopped(Stop.Cause.CANCEL)
                            : new TaskEvent.Dispatch("default");
            };
        }

        private Duration ran() {
            return Duration.ofMillis(random.nextInt(5_000));
        }
    }
}
