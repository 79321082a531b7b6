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

/** One run of the harness by a test, and what it said meanwhile. */
record Trial(ChaosReport report, List<String> steps) {
    private static final long SEED = Long.getLong("chaos.seed", 4);

    /** Each of the faults once. What broke is kept in {@code target/chaos}, until the next build cleans it. The seed is the same every time, unless {@code -Dtest.args=-Dchaos.seed=N} names another. */
    static Trial of(String name, int workers, int mutations, Fault... faults) throws IOException, InterruptedException {
        var options = new ChaosOptions(
                SEED,
                Duration.ZERO,
                Arrays.asList(faults),
                1,
                workers,
                Duration.ofMinutes(3),
                Duration.ofSeconds(20),
                mutations,
                Path.of("target", "chaos", name),
                Map.of());
        var steps = new ArrayList<String>();
        try (var chaos = new Chaos(options, FleetHome.current(), SystemTime.INSTANCE, step -> {
            System.out.println(step);
            steps.add(step);
        })) {
            ChaosReport report = chaos.run();
            report.lines().forEach(System.out::println);
            return new Trial(report, steps);
        }
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
