package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Strike;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Lets faults strike, one after the other, in an order that its seed chooses. Says every step. */
final class Nemesis {
    private static final int SHORTEST_REST = 500;
    private static final int LONGEST_REST = 2_500;
    /** A multiple of every number of variants. */
    private static final int TURNS = 12;

    private final ChaosOptions options;
    private final Cluster cluster;
    private final Time time;
    private final Consumer<String> say;
    private final List<Strike> strikes = new ArrayList<>();
    private final Map<Fault, Integer> turns = new EnumMap<>(Fault.class);

    Nemesis(ChaosOptions options, Cluster cluster, Time time, Consumer<String> say) {
        this.options = options;
        this.cluster = cluster;
        this.time = time;
        this.say = say;
    }

    /** Strikes until the time is over and every fault has struck once. */
    void run(Workload workload) throws IOException, InterruptedException {
        Instant start = time.instant();
        var order = new Random(options.seed());
        for (int round = 0; round == 0 || time.instant().isBefore(start.plus(options.length())); round++) {
            var faults = new ArrayList<>(options.faults());
            Collections.shuffle(faults, order);
            for (Fault fault : faults) {
                var dice = new Random(order.nextLong());
                if (round == 0 || time.instant().isBefore(start.plus(options.length()))) {
                    time.sleep(Duration.ofMillis(dice.nextInt(SHORTEST_REST, LONGEST_REST)));
                    strike(fault, new Arena(cluster, workload, turn(fault, dice), dice, time, say, options), start);
                }
            }
        }
    }

    /** A fault that strikes again takes its next variant. */
    private int turn(Fault fault, Random dice) {
        return turns.merge(fault, dice.nextInt(TURNS), (last, _) -> last + 1);
    }

    List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    /** Something else that disturbs the fleet, such as its start. */
    void note(String what, Instant from) {
        strikes.add(new Strike(what, true, cluster.takeHit(), from, time.instant()));
    }

    private void strike(Fault fault, Arena arena, Instant start) throws IOException, InterruptedException {
        Instant from = time.instant();
        say.accept("+" + Duration.between(start, from).toSeconds() + " s  " + fault + ": " + fault.description());
        fault.strike(arena);
        strikes.add(new Strike(fault.name(), fault.disturbs(), cluster.takeHit(), from, time.instant()));
    }
}
