package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import dev.agentfleet.cli.chaos.check.Verdict;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One run of the harness by a test, and what it said meanwhile. */
record Trial(ChaosReport report, List<String> steps) {
    private static final long SEED = Long.getLong("chaos.seed", 4);

    /** Each of the faults once. What broke is kept in {@code target/chaos}, until the next build cleans it. The seed is the same every time, unless {@code -Dtest.args=-Dchaos.seed=N} names another. */
    static Trial of(String name, int workers, int mutations, Fault... faults) throws IOException, InterruptedException {
        return of(
                options(name, 1, workers, mutations, faults),
                (options, say) -> new LocalDeployment(options.fleet(FleetHome.current()), SystemTime.INSTANCE, say));
    }

    /** The same of a fleet in containers. */
    static Trial inContainers(String name, int brokers, int orchestrators, int workers, Fault... faults)
            throws IOException, InterruptedException {
        return of(
                options(name, orchestrators, workers, 0, faults),
                (options, _) -> new ContainerDeployment(options, brokers));
    }

    private static Trial of(ChaosOptions options, BiFunction<ChaosOptions, Consumer<String>, Deployment> deployment)
            throws IOException, InterruptedException {
        var steps = new ArrayList<String>();
        Consumer<String> say = step -> {
            System.out.println(step);
            steps.add(step);
        };
        try (var chaos = new Chaos(options, deployment.apply(options, say), SystemTime.INSTANCE, say)) {
            ChaosReport report = chaos.run();
            report.lines().forEach(System.out::println);
            return new Trial(report, steps);
        }
    }

    private static ChaosOptions options(String name, int orchestrators, int workers, int mutations, Fault... faults) {
        return new ChaosOptions(
                SEED,
                Duration.ZERO,
                Arrays.asList(faults),
                orchestrators,
                workers,
                Duration.ofMinutes(3),
                Duration.ofSeconds(20),
                mutations,
                Path.of("target", "chaos", name),
                Map.of());
    }

    void assertHolds(Invariant... checked) {
        String trial = String.join("\n", steps) + "\n" + String.join("\n", report.lines());
        List<String> broken = report.verdicts().stream()
                .filter(Verdict::isBroken)
                .map(verdict -> verdict.invariant() + " is broken: " + verdict.violations())
                .toList();
        // What broke comes first: of a long message a summary shows only the beginning.
        assertThat(broken).as(String.join("; ", broken) + "\n" + trial).isEmpty();
        assertThat(report.verdicts())
                .filteredOn(verdict -> verdict.looked() > 0)
                .extracting(Verdict::invariant)
                .as("the invariants that something was looked at for\n" + trial)
                .contains(checked);
    }
}
