package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be tried.
 *
 * @param seed of everything that is left to chance; the same seed chooses the same faults and the same work
 * @param length how long faults strike; each of them strikes once at least
 * @param orchestrators that share the runs
 * @param workers that the fleet has when nothing is wrong
 * @param patience how long the fleet has to end all work once the faults are mended
 * @param outage how long a broker is away
 * @param mutations how many records a strike of poison makes, beside its catalogue
 * @param properties configuration of orchestrator and workers beside the harness's own
 */
public record ChaosOptions(
        long seed,
        Duration length,
        List<Fault> faults,
        int orchestrators,
        int workers,
        Duration patience,
        Duration outage,
        int mutations,
        Path directory,
        Map<String, String> properties) {

    static final Duration LEASE = Duration.ofSeconds(6);
    /** Of a worker in its group; not above the lease. */
    static final Duration SESSION = Duration.ofSeconds(5);

    public ChaosOptions {
        faults = List.copyOf(faults);
        directory = directory.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    LocalFleetOptions fleet(FleetHome home) {
        return LocalFleetOptions.fresh(home, directory)
                .withOrchestrators(orchestrators)
                .withWorkers(workers)
                .withProperties(settings());
    }

    /** Configuration of all services: short leases, so that what outlives them fits into minutes. */
    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("fleet.orchestrator.lease", LEASE.toString());
        settings.put("fleet.worker.session-timeout", SESSION.toString());
        settings.put("fleet.worker.heartbeat", "PT1S");
        settings.putAll(properties);
        return settings;
    }

    Path ledger() {
        return directory.resolve("ledger");
    }
}
