package dev.agentfleet.cli.bench;

import java.util.List;
import java.util.stream.Stream;

/** All there is to measure, by size. */
public final class Scenarios {

    public static final List<String> NAMES = List.of(
            "noop",
            "sleep",
            "latency",
            "large",
            "held",
            "tail",
            "tail-one",
            "restart-ended",
            "restart-running",
            "rolling",
            "lost",
            "rebalance-classic",
            "rebalance-consumer");

    private Scenarios() {}

    /**
     * @param scale of the sizes, 1 for those of the design
     */
    static Scenario of(String name, double scale) {
        return switch (name) {
            case "noop" -> new NoopScenario(scaled(100_000, scale));
            case "sleep" -> new SleepScenario(scaled(10_000, scale));
            case "latency" -> new LatencyScenario(scaled(1_000, scale));
            case "large" -> new LargeScenario(scaled(1_000_000, scale));
            case "held" -> new HeldScenario(scaled(5_000, scale));
            case "tail" -> new TailScenario(name, scaled(2_000, scale), 4, 8);
            case "tail-one" -> new TailScenario(name, scaled(2_000, scale), 1, 32);
            case "restart-ended" -> new RestartScenario(name, false, growing(scale));
            case "restart-running" -> new RestartScenario(name, true, growing(scale));
            case "rolling" -> new RollingScenario(scaled(300, scale), scaled(200, scale));
            case "lost" -> new LostScenario(scaled(100, scale));
            case "rebalance-classic" -> new RebalanceScenario(name, "classic", scaled(300, scale));
            case "rebalance-consumer" -> new RebalanceScenario(name, "consumer", scaled(300, scale));
            default -> throw new IllegalArgumentException("scenario: '" + name + "' must be one of " + NAMES);
        };
    }

    private static List<Integer> growing(double scale) {
        return Stream.of(10_000, 100_000, 1_000_000)
                .map(size -> scaled(size, scale))
                .toList();
    }

    private static int scaled(int size, double scale) {
        return (int) Math.max(10, Math.round(size * scale));
    }
}
