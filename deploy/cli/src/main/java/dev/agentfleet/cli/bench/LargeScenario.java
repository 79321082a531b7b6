package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.util.List;

/** Whether a long run keeps its speed to the end. */
record LargeScenario(int tasks) implements Scenario {

    /** A rate does not need them all, and each round would leave 0.8 GB on the disk. */
    private static final int BASELINE_RECORDS = 200_000;

    @Override
    public String name() {
        return "large";
    }

    @Override
    public String description() {
        return "one run of %,d no-op tasks".formatted(tasks);
    }

    @Override
    public int slots() {
        return 1_000;
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("rate of the last tenth / of the first", Unit.SHARE, 0.8, 0.95, "an even rate"),
                new Goal(
                        "tasks",
                        Unit.PER_SECOND,
                        null,
                        null,
                        "%,d records over two hops of raw Kafka".formatted(baselineRecords())));
    }

    @Override
    public void warm(BenchFleet fleet) throws InterruptedException {
        var _ = fleet.run("echo", Payload.NULL, tasks / 10);
    }

    @Override
    public boolean firstRoundCounts() {
        return true;
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        FollowedRun run = fleet.run("echo", new Payload("{\"n\":1}"), tasks);
        return List.of(
                new Measured(run.secondsOfTenth(1) / run.secondsOfTenth(10), 1),
                new Measured(tasks / run.seconds(), fleet.twoHops().perSecond(baselineRecords())));
    }

    private int baselineRecords() {
        return Math.min(tasks, BASELINE_RECORDS);
    }
}
