package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.util.List;

/** How many tasks that do nothing pass in a second. */
record NoopScenario(int tasks) implements Scenario {

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public String description() {
        return "a batch of %,d no-op tasks, submit to aggregate".formatted(tasks);
    }

    @Override
    public int slots() {
        return 1_000;
    }

    @Override
    public List<Goal> goals() {
        return List.of(new Goal("tasks", Unit.PER_SECOND, 6_000.0, 15_000.0, "records over two hops of raw Kafka"));
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        double seconds = fleet.run("echo", new Payload("{\"n\":1}"), tasks).seconds();
        return List.of(new Measured(tasks / seconds, fleet.twoHops().perSecond(tasks)));
    }
}
