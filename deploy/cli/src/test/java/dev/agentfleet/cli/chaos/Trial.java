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
        String text = String.join("\n", steps) + "\n" + String.join("\n", report.lines());
        assertThat(report.verdicts()).as(text).noneMatch(Verdict::isBroken);
        assertThat(report.verdicts())
                .as(text)
                .filteredOn(verdict -> verdict.looked() > 0)
                .extracting(Verdict::invariant)
                .contains(checked);
    }
}
