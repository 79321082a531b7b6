package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A worker is killed while every worker has claimed attempts: when they run again, and what else does.
 *
 * @param claims of each worker
 */
record LostScenario(int claims) implements Scenario {

    private static final int WORKERS = 4;
    private static final double LEASE = 15;
    private static final double LEASE_AND_MARGIN = LEASE + 3;
    private static final Payload LONGER_THAN_THE_LEASE = SleepInput.of(Duration.ofSeconds(40));
    private static final double MILLIS = 1e3;

    @Override
    public String name() {
        return "lost";
    }

    @Override
    public String description() {
        return "kill -9 of one of " + WORKERS + " workers, about " + claims + " claimed attempts on each";
    }

    @Override
    public int workers() {
        return WORKERS;
    }

    @Override
    public int slots() {
        return 2 * claims;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(StartLine.LEVEL, "DEBUG");
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("kill -9 until the last runs again", Unit.SECONDS, LEASE_AND_MARGIN, null, "lease"),
                new Goal("of the killed worker's, started again", Unit.COUNT, null, null, "its claims"),
                new Goal("of those, started more than once", Unit.COUNT, 0.0, 0.0, "its claims"),
                new Goal("of the other workers', started again", Unit.COUNT, 0.0, 0.0, "their claims"));
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
        FollowedRun run = fleet.submit("sleep", LONGER_THAN_THE_LEASE, WORKERS * claims);
        fleet.awaitClaimed(run.id(), WORKERS * claims);
        String victim = fleet.workers().getFirst();
        Instant killed = fleet.time().instant();
        fleet.kill(victim);
        run.awaitSuccess();
        return figures(starts(fleet, run.id()), victim, killed);
    }

    private static Starts starts(BenchFleet fleet, RunId run) throws IOException {
        return new Starts(StartLine.read(fleet.workerLogs()))
                .only(start -> start.run().equals(run.value()));
    }

    private static List<Measured> figures(Starts starts, String victim, Instant killed) {
        Set<String> lost = starts.only(start -> start.worker().equals(victim)).lines().stream()
                .map(StartLine::taskId)
                .collect(Collectors.toSet());
        Starts ofLost = starts.only(start -> lost.contains(start.taskId()));
        Starts ofOthers = starts.only(start -> !lost.contains(start.taskId()));
        Starts again = ofLost.only(start -> start.at().isAfter(killed));
        return List.of(
                new Measured(
                        Duration.between(killed, again.lines().getLast().at()).toMillis() / MILLIS, LEASE),
                new Measured(again.lines().size() - again.tasksAgain(), lost.size()),
                new Measured(again.tasksAgain(), lost.size()),
                new Measured(ofOthers.tasksAgain(), ofOthers.lines().size()));
    }
}
