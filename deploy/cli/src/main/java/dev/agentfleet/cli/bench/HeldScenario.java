package dev.agentfleet.cli.bench;

import java.time.Duration;
import java.util.List;

/** What a worker's heap holds while very many attempts are in flight. */
record HeldScenario(int slots) implements Scenario {

    @Override
    public String name() {
        return "held";
    }

    @Override
    public String description() {
        return "%,d attempts in flight in one worker".formatted(slots);
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("heap after a collection", Unit.MEGABYTES, 256.0, 128.0, "the same worker without work"));
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        double idle = fleet.workerHeapMegabytes();
        FollowedRun run = fleet.submit("sleep", SleepInput.of(Duration.ofMinutes(10)), slots);
        fleet.awaitBusySlots(slots);
        double busy = fleet.workerHeapMegabytes();
        fleet.cancel(run.id());
        run.awaitEnd();
        fleet.awaitIdle();
        return List.of(new Measured(busy, idle));
    }
}
