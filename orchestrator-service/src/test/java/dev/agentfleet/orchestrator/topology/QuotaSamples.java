package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.fleet.Placement;
import dev.agentfleet.orchestrator.fleet.PoolWindows;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** Quotas for tests of the topology. */
final class QuotaSamples {

    static final Lane LANE = new Lane("anthropic", "main", "claude");
    static final QuotaRules RULES = new QuotaRules(60_000, 2_000, 250, 10_000, 5_000);

    private QuotaSamples() {}

    static QuotaSettings settings() {
        return settings(Map.of(LANE, QuotaLimits.ofRequests(100)));
    }

    static QuotaSettings none() {
        return settings(Map.of());
    }

    static QuotaSettings settings(Map<Lane, QuotaLimits> lanes) {
        return new QuotaSettings(RULES, lanes, QuotaListener.NONE);
    }

    static HomeSettings homes(Instant now) {
        InstantSource clock = InstantSource.fixed(now);
        WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), clock);
        Placement placement = new Placement(workers, clock);
        return new HomeSettings(
                Topics.DEFAULT,
                1,
                new AdmissionRules(Set.of("default"), Map.of(), 1_000),
                new PoolWindows(workers, placement, clock)::of,
                placement::of,
                workers,
                Telemetry.NONE,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                new RunRetention(Duration.ofDays(7)),
                new ReadablePartitions(),
                (partition, tick) -> {},
                new CommitPace(Duration.ofMillis(10), Duration.ofMillis(60), () -> 0),
                action -> {},
                completed -> {},
                clock);
    }
}
