package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.util.List;

/** How long a single task takes while others like it come in, from the moment at which it was due to be sent. */
record LatencyScenario(int runs) implements Scenario {

    private static final int PER_SECOND = 50;
    private static final int WARM_TASKS = 20_000;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "%,d runs of one no-op task, %d/s offered, submit to aggregate".formatted(runs, PER_SECOND);
    }

    @Override
    public int slots() {
        return 1_000;
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                new Goal("p50", Unit.MILLIS, 60.0, 25.0, "two hops of raw Kafka"),
                new Goal("p99", Unit.MILLIS, 200.0, 80.0, "two hops of raw Kafka"));
    }

    @Override
    public void warm(BenchFleet fleet) throws InterruptedException {
        var _ = fleet.run("echo", Payload.NULL, Math.min(WARM_TASKS, runs * 20));
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        Latencies fleets = fleet.singles("echo", new Payload("{\"n\":1}"), runs, PER_SECOND);
        Latencies raw = fleet.twoHops().latencies(runs, PER_SECOND);
        return List.of(
                new Measured(fleets.millis(50), raw.millis(50)), new Measured(fleets.millis(99), raw.millis(99)));
    }
}
