package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Nine short tasks for each long one, in a shuffled order that is always the same: what is lost when tasks wait behind the
 * long ones of one worker while another has a slot.
 */
record TailScenario(String name, int tasks, int workers, int slots) implements Scenario {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final int ONE_LONG_IN = 10;
    private static final long SEED = 4;
    private static final double MOST = 1.3;
    private static final double AIM = 1.1;
    private static final int WARM_TASKS = 2_000;
    private static final double MILLIS = 1e3;

    @Override
    public String description() {
        return "%,d tasks, 90 %% of 50 ms and 10 %% of 5 s, workers of %d slots: %d".formatted(tasks, slots, workers);
    }

    @Override
    public List<Goal> goals() {
        double ideal = ideal();
        return List.of(new Goal(
                "duration", Unit.SECONDS, MOST * ideal, AIM * ideal, "one queue before all slots, without any cost"));
    }

    @Override
    public void warm(BenchFleet fleet) throws InterruptedException {
        var _ = fleet.run("echo", Payload.NULL, WARM_TASKS);
    }

    @Override
    public boolean firstRoundCounts() {
        return true;
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws InterruptedException {
        List<Payload> inputs = durations().stream().map(SleepInput::of).toList();
        return List.of(new Measured(fleet.run("sleep", inputs).seconds(), ideal()));
    }

    List<Duration> durations() {
        int longs = Math.max(1, tasks / ONE_LONG_IN);
        var durations = new ArrayList<>(Collections.nCopies(longs, LONG));
        durations.addAll(Collections.nCopies(tasks - longs, SHORT));
        Collections.shuffle(durations, new Random(SEED));
        return durations;
    }

    private double ideal() {
        return new SharedQueue(workers * slots).time(durations()).toMillis() / MILLIS;
    }
}
