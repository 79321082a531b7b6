package dev.agentfleet.cli.bench;

import java.time.Duration;
import java.util.List;

/** How long a batch of short waits takes on a worker that can hold a tenth of it. */
record SleepScenario(int tasks) implements Scenario {

    private static final double TASK_SECONDS = 0.1;
    private static final int ROUNDS_OF_SLOTS = 10;
    private static final int WARM_BATCHES = 20;

    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public String description() {
        return "a batch of %,d tasks of 100 ms on one worker with %,d slots".formatted(tasks, slots());
    }

    @Override
    public int slots() {
        return Math.max(1, tasks / ROUNDS_OF_SLOTS);
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("duration", Unit.SECONDS, 2.0, 1.2, "tasks x 100 ms / slots"),
                new Goal("tasks", Unit.PER_SECOND, null, null, "records over two hops of raw Kafka"));
    }

    @Override
    public void warm(BenchFleet fleet) throws InterruptedException {
        var _ = sleep(fleet, WARM_BATCHES * tasks);
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        double seconds = sleep(fleet, tasks).seconds();
        return List.of(
                new Measured(seconds, tasks * TASK_SECONDS / slots()),
                new Measured(tasks / seconds, fleet.twoHops().perSecond(tasks)));
    }

    private static FollowedRun sleep(BenchFleet fleet, int tasks) throws InterruptedException {
        return fleet.run("sleep", SleepInput.of(Duration.ofMillis(100)), tasks);
    }
}
