package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What short tasks notice while workers join, drain and are killed, with long ones on some slots.
 *
 * @param protocol of the workers' group
 * @param perSecond short tasks, of 50 ms
 */
record RebalanceScenario(String name, String protocol, int perSecond) implements Scenario {

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final double SESSION_AND_MARGIN = 13;
    private static final int WORKERS = 3;
    private static final int LONG_TASKS = 30;
    private static final Duration STEADY = Duration.ofSeconds(6);
    private static final Duration AFTER_CHANGE = Duration.ofSeconds(5);
    /** The session, and time to see what comes after it. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(18);

    private static final String STEADY_SECONDS = "before any change";
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String description() {
        return perSecond + " tasks of 50 ms a second and twice " + LONG_TASKS
                + " of 20 s while workers join, drain and are " + "killed; group protocol " + protocol;
    }

    @Override
    public int slots() {
        return 32;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("fleet.worker.group-protocol", protocol, StartLine.LEVEL, "DEBUG");
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("longest time without a start", Unit.MILLIS, null, null, STEADY_SECONDS),
                new Goal(
                        "longest wait for a start while workers join and drain",
                        Unit.MILLIS,
                        null,
                        null,
                        STEADY_SECONDS),
                new Goal("short tasks started twice", Unit.COUNT, null, null, "short tasks"),
                new Goal("long tasks started twice", Unit.COUNT, 0.0, 0.0, "long tasks"),
                new Goal(
                        "kill -9 until others serve its partitions",
                        Unit.SECONDS,
                        SESSION_AND_MARGIN,
                        null,
                        "session"));
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
        while (fleet.workers().size() < WORKERS) {
            fleet.addWorker();
        }
        fleet.awaitSharing(WORKERS);
        var slow = new ArrayList<FollowedRun>();
        try (var load = ShortTasks.start(fleet, SleepInput.of(Duration.ofMillis(50)), perSecond)) {
            Changes changes = change(fleet, slow);
            load.awaitSuccess();
            for (FollowedRun run : slow) {
                var _ = run.awaitSuccess();
            }
            var slowIds = slow.stream().map(run -> run.id().value()).toList();
            return figures(new Starts(StartLine.read(fleet.workerLogs())), load.due(), slowIds, changes);
        }
    }

    /** When what happened. */
    private record Changes(Instant begin, Instant steadyUntil, Instant killed, String victim, Instant end) {}

    private static Changes change(BenchFleet fleet, List<FollowedRun> slow) throws IOException, InterruptedException {
        Instant begin = fleet.time().instant().plusSeconds(1);
        slow.add(longTasks(fleet));
        fleet.time().sleep(STEADY);
        Instant steadyUntil = fleet.time().instant();
        fleet.addWorker();
        settle(fleet, WORKERS + 1);
        fleet.drain(fleet.workers().getFirst());
        settle(fleet, WORKERS);
        fleet.addWorker();
        slow.add(longTasks(fleet));
        settle(fleet, WORKERS + 1);
        String victim = fleet.workers().getFirst();
        Instant killed = fleet.time().instant();
        fleet.kill(victim);
        fleet.time().sleep(AFTER_KILL);
        return new Changes(begin, steadyUntil, killed, victim, fleet.time().instant());
    }

    private static void settle(BenchFleet fleet, int workers) throws InterruptedException {
        fleet.awaitSharing(workers);
        fleet.time().sleep(AFTER_CHANGE);
    }

    private static FollowedRun longTasks(BenchFleet fleet) {
        return fleet.submit("sleep", SleepInput.of(Duration.ofSeconds(20)), LONG_TASKS);
    }

    private static List<Measured> figures(Starts all, Map<String, Instant> due, List<String> slow, Changes changes) {
        Starts brief = all.only(start -> due.containsKey(start.run()));
        Starts lasting = all.only(start -> slow.contains(start.run()));
        var steady = new HashMap<>(due);
        steady.values()
                .removeIf(at -> at.isBefore(changes.begin())
                        || at.isAfter(changes.steadyUntil().minusSeconds(1)));
        var moving = new HashMap<>(due);
        // What the victim takes with it waits for the session, which is another figure.
        moving.values()
                .removeIf(at -> at.isBefore(changes.steadyUntil())
                        || at.isAfter(changes.killed().minus(AFTER_CHANGE.dividedBy(2))));
        return new ArrayList<>(List.of(
                new Measured(
                        millis(brief.longestGap(changes.steadyUntil(), changes.end())),
                        millis(brief.longestGap(changes.begin(), changes.steadyUntil()))),
                new Measured(millis(brief.longestWait(moving)), millis(brief.longestWait(steady))),
                new Measured(brief.again(), brief.lines().size() - brief.again()),
                new Measured(lasting.again(), slow.size() * LONG_TASKS),
                new Measured(
                        brief.takenOver(changes.victim(), changes.killed()).toMillis() / 1e3, SESSION.toSeconds())));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
