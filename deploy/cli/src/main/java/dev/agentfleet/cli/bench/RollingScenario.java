package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A deploy: every worker is drained and replaced, one after the other, while short tasks come and long ones run. All must
 * succeed.
 *
 * @param perSecond short tasks, of 50 ms
 * @param lasting long tasks, of 30 s, that run while a worker is replaced
 */
record RollingScenario(int perSecond, int lasting) implements Scenario {

    private static final int WORKERS = 4;
    private static final Duration DRAIN_BUDGET = Duration.ofSeconds(60);
    private static final Duration STEADY = Duration.ofSeconds(5);
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "rolling";
    }

    @Override
    public String description() {
        return "a rolling restart of " + WORKERS + " workers under " + perSecond + " tasks of 50 ms a second and "
                + lasting + " running ones of 30 s";
    }

    @Override
    public int workers() {
        return WORKERS;
    }

    @Override
    public int slots() {
        return 100;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("fleet.worker.drain-budget", DRAIN_BUDGET.toString(), StartLine.LEVEL, "DEBUG");
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("long tasks started twice", Unit.COUNT, 0.0, 0.0, "long tasks"),
                new Goal("short tasks started twice", Unit.COUNT, null, null, "short tasks"),
                new Goal("longest time without a start", Unit.MILLIS, null, null, "before any change"));
    }

    @Override
    public void warm(BenchFleet fleet) throws InterruptedException {
        var _ = fleet.run("echo", Payload.NULL, 10_000);
    }

    @Override
    public boolean firstRoundCounts() {
        return true;
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws IOException, InterruptedException {
        fleet.awaitSharing(WORKERS);
        var slow = new ArrayList<FollowedRun>();
        try (var load = ShortTasks.start(fleet, SleepInput.of(Duration.ofMillis(50)), perSecond)) {
            Instant begin = fleet.time().instant().plusSeconds(1);
            fleet.time().sleep(STEADY);
            Instant steadyUntil = fleet.time().instant();
            for (String worker : fleet.workers()) {
                slow.add(fleet.submit("sleep", SleepInput.of(Duration.ofSeconds(30)), lasting));
                fleet.time().sleep(STEADY);
                fleet.addWorker();
                fleet.drain(worker, DRAIN_BUDGET.plus(STEADY));
                fleet.awaitSharing(WORKERS);
            }
            Instant end = fleet.time().instant();
            load.awaitSuccess();
            for (FollowedRun run : slow) {
                var _ = run.awaitSuccess();
            }
            var slowIds = slow.stream().map(run -> run.id().value()).toList();
            var starts = new Starts(StartLine.read(fleet.workerLogs()));
            Starts brief = starts.only(start -> load.due().containsKey(start.run()));
            Starts lasts = starts.only(start -> slowIds.contains(start.run()));
            return List.of(
                    new Measured(lasts.tasksAgain(), slow.size() * lasting),
                    new Measured(brief.tasksAgain(), brief.lines().size() - brief.tasksAgain()),
                    new Measured(
                            millis(brief.longestGap(steadyUntil, end)), millis(brief.longestGap(begin, steadyUntil))));
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
