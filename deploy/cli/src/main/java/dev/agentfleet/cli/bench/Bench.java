package dev.agentfleet.cli.bench;

import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetListener;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures scenarios, each on a fleet of its own. */
public final class Bench implements AutoCloseable {
    private final LocalFleetOptions options;
    private final int rounds;
    private final Time time;
    private final Consumer<String> progress;
    private volatile @Nullable LocalFleet current;

    /**
     * @param options of the fleets; workers and slots are the scenario's
     * @param progress told what goes on, a line at a time
     */
    public Bench(LocalFleetOptions options, int rounds, Time time, Consumer<String> progress) {
        this.options = options;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    /** @param scale of the sizes, 1 for those of the goals */
    public BenchReport measure(List<String> names, double scale) throws IOException, InterruptedException {
        var results = new ArrayList<Result>();
        for (String name : names) {
            results.add(measure(Scenarios.of(name, scale)));
        }
        return BenchReport.of(scale, rounds, results);
    }

    /** Stops the fleet that is up. May be called from any thread at any time. */
    @Override
    public void close() {
        LocalFleet fleet = current;
        if (fleet != null) {
            fleet.close();
        }
    }

    private Result measure(Scenario scenario) throws IOException, InterruptedException {
        progress.accept(scenario.name() + ": " + scenario.description());
        var properties = new HashMap<>(options.properties());
        properties.putAll(scenario.properties());
        var own = options.withWorkers(scenario.workers())
                .withSlots(scenario.slots())
                .withProperties(properties);
        try (var local = new LocalFleet(own, FleetListener.NONE, time)) {
            current = local;
            local.start();
            try (var fleet = new BenchFleet(local, time)) {
                return measure(scenario, local, fleet);
            }
        }
    }

    private Result measure(Scenario scenario, LocalFleet local, BenchFleet fleet)
            throws IOException, InterruptedException {
        scenario.warm(fleet);
        List<List<Measured>> warmUp = scenario.firstRoundCounts() ? List.of() : warmUp(scenario, fleet);
        fleet.processorTimes().begin();
        var taken = new ArrayList<List<Measured>>();
        int counted = scenario.takenOnce() ? 1 : rounds;
        for (int round = 1; round <= counted; round++) {
            taken.add(round(scenario, fleet, round + " of " + counted));
        }
        return new Result(
                scenario.name(), scenario.description(), rows(scenario, taken, warmUp), processes(local, fleet));
    }

    private List<List<Measured>> warmUp(Scenario scenario, BenchFleet fleet) throws IOException, InterruptedException {
        var warmUp = new WarmUp(scenario.goals().getFirst().unit());
        var taken = new ArrayList<List<Measured>>();
        while (!warmUp.isOver()) {
            List<Measured> round = round(scenario, fleet, taken.size() + 1 + " of the warm-up");
            warmUp.add(round.getFirst().value());
            taken.add(round);
        }
        return taken;
    }

    private List<Measured> round(Scenario scenario, BenchFleet fleet, String which)
            throws IOException, InterruptedException {
        List<Measured> measured = scenario.round(fleet);
        var text = new StringBuilder(scenario.name() + ": round " + which);
        for (int i = 0; i < measured.size(); i++) {
            Goal goal = scenario.goals().get(i);
            text.append(i == 0 ? ": " : ", ").append(goal.figure()).append(' ');
            text.append(goal.unit().text(measured.get(i).value()));
        }
        progress.accept(text.toString());
        return measured;
    }

    private static List<Result.Row> rows(Scenario scenario, List<List<Measured>> taken, List<List<Measured>> warmUp) {
        return IntStream.range(0, scenario.goals().size())
                .mapToObj(i -> Result.Row.of(scenario.goals().get(i), column(taken, i), column(warmUp, i)))
                .toList();
    }

    private static List<Measured> column(List<List<Measured>> rounds, int goal) {
        return rounds.stream().map(round -> round.get(goal)).toList();
    }

    private static List<ProcessFigures> processes(LocalFleet local, BenchFleet fleet) {
        ProcessorTimes times = fleet.processorTimes();
        times.look();
        var figures = new ArrayList<ProcessFigures>();
        for (Child child : local.children()) {
            Long heap = child.isAlive() ? ProcessMeter.heapMegabytes(child) : null;
            figures.add(new ProcessFigures(child.name(), heap, times.seconds(child.name())));
        }
        figures.add(new ProcessFigures(
                BenchFleet.CLIENT, ProcessMeter.ownHeapMegabytes(), times.seconds(BenchFleet.CLIENT)));
        return figures;
    }
}
